package dev.indelible.trials.protocol;

import dev.indelible.anchoring.AnchoredRecords;
import dev.indelible.anchoring.LiveStatement;
import dev.indelible.anchoring.TracedStatement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/// Protocol versions as the audit sees them.
@ApplicationScoped
class ProtocolRecords implements AnchoredRecords {
  private final Protocols protocols;

  @Inject
  ProtocolRecords(Protocols protocols) {
    this.protocols = protocols;
  }

  @Override
  public String[] tables() {
    return new String[] {
      ProtocolVersion.TABLE, "registry_id", "outcome", "amendment", "amendment_change"
    };
  }

  @Override
  public Stream<LiveStatement> rebuild() {
    Map<UUID, List<VersionPart>> parts = new HashMap<>();
    for (Class<? extends VersionPart> type : Protocols.PARTS) {
      protocols
          .getEntityManager()
          .createQuery("from " + type.getSimpleName(), type)
          .getResultStream()
          .forEach(
              part -> parts.computeIfAbsent(part.versionId, id -> new ArrayList<>()).add(part));
    }
    List<LiveStatement> statements = new ArrayList<>();
    for (ProtocolVersion version : protocols.listAll()) {
      List<VersionPart> own = parts.remove(version.id);
      statements.add(new VersionRows(version, own == null ? List.of() : own).live());
    }
    parts.values().forEach(orphans -> orphans.forEach(part -> statements.add(orphan(part))));
    return statements.stream();
  }

  /// A row whose version is gone belongs to no statement, and the audit has to hear of it.
  private static LiveStatement orphan(VersionPart part) {
    TracedStatement.Builder builder = TracedStatement.builder("orphan");
    VersionRows.putInto(builder, List.of(part));
    return new LiveStatement(
        part.id, part.table(), part.id.toString(), "", part.versionId, builder.build());
  }
}
