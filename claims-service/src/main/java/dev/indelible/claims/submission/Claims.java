package dev.indelible.claims.submission;

import dev.indelible.anchoring.TracedStatement;
import dev.indelible.anchoring.erasure.Erasures;
import dev.indelible.kit.problem.Rejection;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The stored claims.
@ApplicationScoped
public class Claims {
  static final int PAGE = 200;

  /// Panache is kept inside, so that the entity never leaves the package.
  @ApplicationScoped
  static class Rows implements PanacheRepositoryBase<Claim, UUID> {}

  private final Rows rows;
  private final Erasures erasures;

  Claims(Rows rows, Erasures erasures) {
    this.rows = rows;
    this.erasures = erasures;
  }

  /// A claim of the organisation.
  ///
  /// @throws Rejection (404) when there is none, or when it is another's, indistinguishably; (410)
  ///   when it was erased
  public FiledClaim get(UUID id, String organisation) {
    return row(id, organisation).filed();
  }

  /// The same, with the claim locked until the transaction ends: decisions on one claim queue up.
  public FiledClaim lock(UUID id, String organisation) {
    lock(id);
    return get(id, organisation);
  }

  /// Locks a claim until the transaction ends, whether it is there or not. Not its row: whoever may
  /// lock that may change it, and nobody may.
  public void lock(UUID id) {
    var ignored =
        rows.getEntityManager()
            .createNativeQuery("select 1 from pg_advisory_xact_lock(hashtextextended(:name, 0))")
            .setParameter("name", "claim/" + id)
            .getResultList();
  }

  /// Deletes a claim with its parts, and which request made it.
  public void delete(UUID id) {
    for (String table : List.of("claim_line", "claim_diagnosis", "idempotency")) {
      delete("delete from " + table + " where claim_id = :id", id);
    }
    delete("delete from claim where id = :id", id);
  }

  private void delete(String sql, UUID id) {
    var ignored =
        rows.getEntityManager().createNativeQuery(sql).setParameter("id", id).executeUpdate();
  }

  /// A claim's statement as the live rows make it.
  public TracedStatement statement(UUID id, String organisation) {
    return ClaimStatement.of(row(id, organisation));
  }

  private Claim row(UUID id, String organisation) {
    return rows.find("id = ?1 and organisation = ?2", id, organisation)
        .firstResultOptional()
        .orElseThrow(() -> erasures.missing(id, organisation));
  }

  /// A claim of whichever insurer, for what the service itself has to compare.
  public Optional<FiledClaim> find(UUID id) {
    return rows.findByIdOptional(id).map(Claim::filed);
  }

  /// A claim by its record, of whichever insurer.
  public Optional<FiledClaim> findByRecord(UUID record) {
    return rows.find("record", record).firstResultOptional().map(Claim::filed);
  }

  /// The organisation's claims after a place in the order of submission.
  public List<FiledClaim> list(String organisation, Cursor after, int limit) {
    return rows
        .find(
            """
            organisation = ?1 and (submittedAt > ?2 or (submittedAt = ?2 and id > ?3))
            order by submittedAt, id
            """,
            organisation,
            after.at(),
            after.id())
        .page(Page.ofSize(limit))
        .stream()
        .map(Claim::filed)
        .toList();
  }

  void persist(Claim claim) {
    rows.persist(claim);
  }

  /// A page of all claims in the order of their ids: the first, or the one after `last`.
  List<Claim> page(@Nullable UUID last) {
    rows.getEntityManager().clear();
    var query = last == null ? rows.find("order by id") : rows.find("id > ?1 order by id", last);
    return query.page(Page.ofSize(PAGE)).list();
  }
}
