package dev.indelible.trials.finding;

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
    return Stream.of(
            new Pages<>(entities, RuleSetRow.class, row -> row.id)
                .all()
                .flatMap(List::stream)
                .map(RuleSetRow::live),
            new Pages<>(entities, FindingReport.class, report -> report.id)
                .all()
                .flatMap(this::live),
            findings().orphans(FindingReport.class, "reportId").map(FindingRecords::orphan))
        .flatMap(statements -> statements);
  }

  private Stream<LiveStatement> live(List<FindingReport> page) {
    Map<UUID, List<FindingRow>> own =
        findings()
            .of(page.stream().map(report -> report.id).toList(), "reportId")
            .collect(Collectors.groupingBy(finding -> finding.reportId));
    return page.stream()
        .map(report -> new ReportRows(report, own.getOrDefault(report.id, List.of())).live());
  }

  private Pages<FindingRow> findings() {
    return new Pages<>(entities, FindingRow.class, finding -> finding.id);
  }

  /// A finding whose report is gone belongs to no statement, and the audit has to hear of it.
  private static LiveStatement orphan(FindingRow row) {
    TracedStatement.Builder builder = TracedStatement.builder("orphan");
    ReportRows.putInto(builder, List.of(row));
    return new LiveStatement(
        row.id, FindingRow.TABLE, row.id.toString(), "", row.reportId, builder.build());
  }
}
