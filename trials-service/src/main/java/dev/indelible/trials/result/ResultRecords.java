package dev.indelible.trials.result;

import dev.indelible.anchoring.AnchoredRecords;
import dev.indelible.anchoring.LiveStatement;
import dev.indelible.anchoring.TracedStatement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Result sets as the audit sees them.
@ApplicationScoped
class ResultRecords implements AnchoredRecords {
  private final Results results;

  @Inject
  ResultRecords(Results results) {
    this.results = results;
  }

  @Override
  public String[] tables() {
    return new String[] {ResultSet.TABLE, ReportedOutcome.TABLE};
  }

  @Override
  public Stream<LiveStatement> rebuild() {
    Map<UUID, List<ReportedOutcome>> outcomes =
        results
            .getEntityManager()
            .createQuery("from ReportedOutcome", ReportedOutcome.class)
            .getResultStream()
            .collect(Collectors.groupingBy(outcome -> outcome.resultId));
    List<LiveStatement> statements = new ArrayList<>();
    for (ResultSet set : results.listAll()) {
      List<ReportedOutcome> own = outcomes.remove(set.id);
      statements.add(new ResultRows(set, own == null ? List.of() : own).live());
    }
    outcomes.values().forEach(orphans -> orphans.forEach(row -> statements.add(orphan(row))));
    return statements.stream();
  }

  /// An outcome whose result set is gone belongs to no statement, and the audit has to hear of it.
  private static LiveStatement orphan(ReportedOutcome row) {
    TracedStatement.Builder builder = TracedStatement.builder("orphan");
    ResultRows.putInto(builder, List.of(row));
    return new LiveStatement(
        row.id, ReportedOutcome.TABLE, row.id.toString(), "", row.resultId, builder.build());
  }
}
