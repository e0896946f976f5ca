package dev.indelible.trials.result;

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

/// Result sets as the audit sees them.
@ApplicationScoped
class ResultRecords implements AnchoredRecords {
  private final EntityManager entities;

  @Inject
  ResultRecords(EntityManager entities) {
    this.entities = entities;
  }

  @Override
  public String[] tables() {
    return new String[] {ResultSet.TABLE, ReportedOutcome.TABLE};
  }

  @Override
  public Stream<LiveStatement> rebuild() {
    return Stream.concat(
        new Pages<>(entities, ResultSet.class, set -> set.id).all().flatMap(this::live),
        outcomes().orphans(ResultSet.class, "resultId").map(ResultRecords::orphan));
  }

  private Stream<LiveStatement> live(List<ResultSet> page) {
    Map<UUID, List<ReportedOutcome>> own =
        outcomes()
            .of(page.stream().map(set -> set.id).toList(), "resultId")
            .collect(Collectors.groupingBy(outcome -> outcome.resultId));
    return page.stream()
        .map(set -> new ResultRows(set, own.getOrDefault(set.id, List.of())).live());
  }

  private Pages<ReportedOutcome> outcomes() {
    return new Pages<>(entities, ReportedOutcome.class, outcome -> outcome.id);
  }

  /// An outcome whose result set is gone belongs to no statement, and the audit has to hear of it.
  private static LiveStatement orphan(ReportedOutcome row) {
    TracedStatement.Builder builder = TracedStatement.builder("orphan");
    ResultRows.putInto(builder, List.of(row));
    return new LiveStatement(
        row.id, ReportedOutcome.TABLE, row.id.toString(), "", row.resultId, builder.build());
  }
}
