package dev.indelible.trials.protocol;

import dev.indelible.anchoring.AnchoredRecords;
import dev.indelible.anchoring.LiveStatement;
import dev.indelible.anchoring.TracedStatement;
import dev.indelible.trials.statement.Pages;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Protocol versions as the audit sees them.
@ApplicationScoped
class ProtocolRecords implements AnchoredRecords {
  private final EntityManager entities;

  @Inject
  ProtocolRecords(EntityManager entities) {
    this.entities = entities;
  }

  @Override
  public String[] tables() {
    return new String[] {
      ProtocolVersion.TABLE, "registry_id", "outcome", "amendment", "amendment_change"
    };
  }

  @Override
  public Stream<LiveStatement> rebuild() {
    Stream<LiveStatement> versions =
        new Pages<>(entities, ProtocolVersion.class, version -> version.id)
            .all()
            .flatMap(this::live);
    return Protocols.PARTS.stream().map(this::orphans).reduce(versions, Stream::concat);
  }

  private Stream<LiveStatement> live(List<ProtocolVersion> page) {
    List<UUID> ids = page.stream().map(version -> version.id).toList();
    Map<UUID, List<VersionPart>> parts =
        Protocols.PARTS.stream()
            .<VersionPart>flatMap(type -> pages(type).of(ids, "versionId"))
            .collect(Collectors.groupingBy(part -> part.versionId));
    return page.stream()
        .map(version -> new VersionRows(version, parts.getOrDefault(version.id, List.of())).live());
  }

  private Stream<LiveStatement> orphans(Class<? extends VersionPart> type) {
    return pages(type).orphans(ProtocolVersion.class, "versionId").map(part -> orphan(part));
  }

  private <P extends VersionPart> Pages<P> pages(Class<P> type) {
    return new Pages<>(entities, type, part -> part.id);
  }

  /// A row whose version is gone belongs to no statement, and the audit has to hear of it.
  private static LiveStatement orphan(VersionPart part) {
    TracedStatement.Builder builder = TracedStatement.builder("orphan");
    VersionRows.putInto(builder, List.of(part));
    return new LiveStatement(
        part.id, part.table(), part.id.toString(), "", part.versionId, builder.build());
  }
}
