package dev.indelible.claims.adjudication;

import dev.indelible.anchoring.AnchoredRecords;
import dev.indelible.anchoring.LiveStatement;
import dev.indelible.anchoring.encryption.DataKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
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
        .map(page -> decisions.read(page, AnchoredDecisions::live))
        .flatMap(List::stream);
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
