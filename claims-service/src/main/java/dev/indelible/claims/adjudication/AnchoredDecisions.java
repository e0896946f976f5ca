package dev.indelible.claims.adjudication;

import dev.indelible.anchoring.AnchoredRecords;
import dev.indelible.anchoring.LiveStatement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.stream.Stream;

/// All decisions and the rules they were made under, for the audit.
@ApplicationScoped
class AnchoredDecisions implements AnchoredRecords {
  private final Decisions decisions;
  private final EntityManager database;

  @Inject
  AnchoredDecisions(Decisions decisions, EntityManager database) {
    this.decisions = decisions;
    this.database = database;
  }

  @Override
  public String[] tables() {
    return new String[] {RuleSetRow.TABLE, DecisionRow.TABLE, DecisionLineRow.TABLE};
  }

  @Override
  public Stream<LiveStatement> rebuild() {
    Stream<LiveStatement> made =
        Stream.iterate(
                decisions.page(null),
                page -> !page.isEmpty(),
                page -> decisions.page(page.getLast().id))
            .flatMap(List::stream)
            .map(AnchoredDecisions::live);
    return Stream.concat(ruleSets(), made);
  }

  private Stream<LiveStatement> ruleSets() {
    return database.createQuery("from RuleSetRow", RuleSetRow.class).getResultList().stream()
        .map(AnchoredDecisions::live);
  }

  private static LiveStatement live(RuleSetRow row) {
    return new LiveStatement(
        row.id,
        RuleSetRow.TABLE,
        row.id.toString(),
        row.organisation,
        row.record,
        AdjudicationStatement.of(row));
  }

  private static LiveStatement live(DecisionRow row) {
    return new LiveStatement(
        row.id,
        DecisionRow.TABLE,
        row.id.toString(),
        row.organisation,
        row.record,
        AdjudicationStatement.of(row));
  }
}
