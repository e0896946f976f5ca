package dev.indelible.trials.finding;

import dev.indelible.anchoring.TracedStatement;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.trials.statement.Evidence;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;

/// Reports for those who may see the protocol.
@ApplicationScoped
public class FindingReader {
  private final Reports reports;
  private final Evidence evidence;

  @Inject
  FindingReader(Reports reports, Evidence evidence) {
    this.reports = reports;
    this.evidence = evidence;
  }

  /// A protocol's reports, oldest first.
  public List<ReportView> of(UUID protocolId) {
    return reports.of(protocolId).stream().map(this::view).toList();
  }

  private ReportView view(ReportRows rows) {
    return ReportView.of(rows, evidence.state(rows.report().id));
  }

  /// The statement of one of the protocol's reports, rebuilt from its rows.
  ///
  /// @throws Rejection (404) when it is not one of them
  TracedStatement statement(UUID protocolId, UUID reportId) {
    return reports
        .findRows(reportId)
        .filter(rows -> rows.report().protocolId.equals(protocolId))
        .map(ReportRows::statement)
        .orElseThrow(Rejection::notFound);
  }
}
