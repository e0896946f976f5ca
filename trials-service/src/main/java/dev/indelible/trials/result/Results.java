package dev.indelible.trials.result;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The result sets that are stored.
@ApplicationScoped
class Results implements PanacheRepositoryBase<ResultSet, UUID> {
  /// A protocol's result sets, oldest first.
  List<ResultRows> of(UUID protocolId) {
    return list("protocolId", Sort.by("number").and("id"), protocolId).stream()
        .map(this::rows)
        .toList();
  }

  Optional<ResultRows> findRows(UUID resultId) {
    return findByIdOptional(resultId).map(this::rows);
  }

  private ResultRows rows(ResultSet set) {
    return new ResultRows(
        set,
        getEntityManager()
            .createQuery("from ReportedOutcome where resultId = ?1", ReportedOutcome.class)
            .setParameter(1, set.id)
            .getResultList());
  }
}
