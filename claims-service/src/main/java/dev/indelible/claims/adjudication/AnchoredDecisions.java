package dev.indelible.claims.adjudication;

import dev.indelible.anchoring.AnchoredRecords;
import dev.indelible.anchoring.LiveStatement;
import dev.indelible.anchoring.encryption.DataKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// All decisions, for the audit.
@ApplicationScoped
class AnchoredDecisions implements AnchoredRecords {
  private final Decisions decisions;

  AnchoredDecisions(Decisions decisions) {
    this.decisions = decisions;
  }

  @Override
  public String[] tables() {
    return new String[] {DecisionRow.TABLE, DecisionLineRow.TABLE};
  }

  @Override
  public Stream<LiveStatement> rebuild() {
    return Stream.iterate(
            decisions.page(null),
            page -> !page.isEmpty(),
            page -> decisions.page(page.getLast().id))
        .flatMap(this::live);
  }

  private Stream<LiveStatement> live(List<DecisionRow> page) {
    Map<UUID, DataKey> keys = decisions.keys(page);
    return page.stream().map(row -> live(row, Optional.ofNullable(keys.get(row.id))));
  }

  private static LiveStatement live(DecisionRow row, Optional<DataKey> key) {
    return new LiveStatement(
        row.id,
        DecisionRow.TABLE,
        row.id.toString(),
        row.organisation,
        row.record,
        AdjudicationStatement.of(row, key));
  }
}
