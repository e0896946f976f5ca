package dev.indelible.trials.finding;

import dev.indelible.anchoring.LiveStatement;
import dev.indelible.anchoring.TracedStatement;
import dev.indelible.trials.statement.RowFields;
import java.util.Comparator;
import java.util.List;

/// A report with its findings: what one statement is made of.
record ReportRows(FindingReport report, List<FindingRow> findings) {
  ReportRows {
    findings =
        findings.stream()
            .sorted(
                Comparator.<FindingRow>comparingLong(finding -> finding.position)
                    .thenComparing(finding -> finding.id))
            .toList();
  }

  /// The one function that makes the statement, at submission and in the audit.
  TracedStatement statement() {
    TracedStatement.Builder builder = TracedStatement.builder("findings.reported/v1");
    report.putInto(RowFields.of(builder, FindingReport.TABLE, report.id));
    putInto(builder, findings);
    return builder.build();
  }

  static void putInto(TracedStatement.Builder builder, List<FindingRow> findings) {
    for (int i = 0; i < findings.size(); i++) {
      FindingRow finding = findings.get(i);
      finding.putInto(RowFields.part(builder, "/findings/" + i, FindingRow.TABLE, finding.id));
    }
  }

  LiveStatement live() {
    return new LiveStatement(
        report.id,
        FindingReport.TABLE,
        report.id.toString(),
        report.organisation,
        report.protocolId,
        statement());
  }
}
