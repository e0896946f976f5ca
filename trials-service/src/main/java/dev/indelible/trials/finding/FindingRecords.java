package dev.indelible.trials.finding;

import dev.indelible.anchoring.AnchoredRecords;
import dev.indelible.anchoring.LiveStatement;
import dev.indelible.anchoring.TracedStatement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Findings and rule sets as the audit sees them.
@ApplicationScoped
class FindingRecords implements AnchoredRecords {
  private final EntityManager entities;

  @Inject
  FindingRecords(EntityManager entities) {
    this.entities = entities;
  }

  @Override
  public String[] tables() {
    return new String[] {RuleSetRow.TABLE, FindingReport.TABLE, FindingRow.TABLE};
  }

  @Override
  public Stream<LiveStatement> rebuild() {
    List<LiveStatement> statements = new ArrayList<>();
    all(RuleSetRow.class).forEach(row -> statements.add(row.live()));
    Map<UUID, List<FindingRow>> findings =
        all(FindingRow.class).collect(Collectors.groupingBy(finding -> finding.reportId));
    all(FindingReport.class)
        .forEach(
            report -> {
              List<FindingRow> own = findings.remove(report.id);
              statements.add(new ReportRows(report, own == null ? List.of() : own).live());
            });
    findings.values().forEach(orphans -> orphans.forEach(row -> statements.add(orphan(row))));
    return statements.stream();
  }

  /// A finding whose report is gone belongs to no statement, and the audit has to hear of it.
  private static LiveStatement orphan(FindingRow row) {
    TracedStatement.Builder builder = TracedStatement.builder("orphan");
    ReportRows.putInto(builder, List.of(row));
    return new LiveStatement(
        row.id, FindingRow.TABLE, row.id.toString(), "", row.reportId, builder.build());
  }

  private <T> Stream<T> all(Class<T> type) {
    return entities.createQuery("from " + type.getSimpleName(), type).getResultStream();
  }
}
