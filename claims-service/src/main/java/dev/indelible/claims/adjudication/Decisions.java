package dev.indelible.claims.adjudication;

import dev.indelible.anchoring.Anchors;
import dev.indelible.anchoring.TracedStatement;
import dev.indelible.anchoring.encryption.DataKey;
import dev.indelible.anchoring.encryption.RecordKeys;
import dev.indelible.claims.submission.FiledClaim;
import dev.indelible.kit.problem.Rejection;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// The decisions on claims.
@ApplicationScoped
public class Decisions {
  static final int PAGE = 200;

  /// Panache is kept inside, so that the entity never leaves the package.
  @ApplicationScoped
  static class Rows implements PanacheRepositoryBase<DecisionRow, UUID> {}

  private final Rows rows;
  private final RecordKeys keys;
  private final Anchors anchors;

  Decisions(Rows rows, RecordKeys keys, Anchors anchors) {
    this.rows = rows;
    this.keys = keys;
    this.anchors = anchors;
  }

  /// The decisions on a claim that was handed out, first to last.
  public List<DecisionView> list(FiledClaim claim) {
    return read(rows.find("claimId = ?1 order by number", claim.id()).list(), this::view);
  }

  /// What rows say, each with the key of its claim's record.
  <T> List<T> read(List<DecisionRow> found, BiFunction<DecisionRow, Optional<DataKey>, T> as) {
    return keys.read(found, row -> row.id, row -> row.record, as);
  }

  /// The latest decision's outcome.
  public Optional<String> outcome(FiledClaim claim) {
    return latest(claim.id()).map(row -> row.outcome);
  }

  /// The statement of one decision on a claim that was handed out, as the live rows make it.
  public TracedStatement statement(FiledClaim claim, UUID decision) {
    return rows.find("id = ?1 and claimId = ?2", decision, claim.id())
        .firstResultOptional()
        .map(row -> read(List.of(row), AdjudicationStatement::of).getFirst())
        .orElseThrow(Rejection::notFound);
  }

  /// Deletes all decisions on a claim.
  ///
  /// @return their ids
  public List<UUID> delete(UUID claim) {
    EntityManager database = rows.getEntityManager();
    var lines =
        database
            .createNativeQuery(
                """
                delete from decision_line
                where decision_id in (select id from decision where claim_id = :claim)
                """)
            .setParameter("claim", claim)
            .executeUpdate();
    assert lines >= 0;
    return database
        .createNativeQuery("delete from decision where claim_id = :claim returning id", UUID.class)
        .setParameter("claim", claim)
        .getResultList();
  }

  Optional<DecisionRow> latest(UUID claim) {
    return rows.find("claimId = ?1 order by number desc", claim).firstResultOptional();
  }

  DecisionView view(DecisionRow row, Optional<DataKey> key) {
    return DecisionView.of(row, key, anchors.state(row.id));
  }

  void persist(DecisionRow row) {
    rows.persist(row);
  }

  /// A page of all decisions in the order of their ids: the first, or the one after `last`.
  List<DecisionRow> page(@Nullable UUID last) {
    rows.getEntityManager().clear();
    var query = last == null ? rows.find("order by id") : rows.find("id > ?1 order by id", last);
    return query.page(Page.ofSize(PAGE)).list();
  }
}
