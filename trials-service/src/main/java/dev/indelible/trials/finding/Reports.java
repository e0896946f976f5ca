package dev.indelible.trials.finding;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The reports that are stored.
@ApplicationScoped
class Reports implements PanacheRepositoryBase<FindingReport, UUID> {
  /// A protocol's reports, oldest first.
  List<ReportRows> of(UUID protocolId) {
    return list("protocolId", Sort.by("madeAt").and("id"), protocolId).stream()
        .map(this::rows)
        .toList();
  }

  Optional<ReportRows> findRows(UUID reportId) {
    return findByIdOptional(reportId).map(this::rows);
  }

  private ReportRows rows(FindingReport report) {
    return new ReportRows(
        report,
        getEntityManager()
            .createQuery("from FindingRow where reportId = ?1", FindingRow.class)
            .setParameter(1, report.id)
            .getResultList());
  }
}
