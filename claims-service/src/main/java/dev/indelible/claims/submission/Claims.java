package dev.indelible.claims.submission;

import dev.indelible.anchoring.TracedStatement;
import dev.indelible.anchoring.encryption.DataKey;
import dev.indelible.anchoring.encryption.RecordKeys;
import dev.indelible.anchoring.erasure.Erasures;
import dev.indelible.anchoring.erasure.RecordKey;
import dev.indelible.claims.Cursor;
import dev.indelible.claims.access.Access;
import dev.indelible.claims.access.AccessHistory;
import dev.indelible.claims.access.Right;
import dev.indelible.claims.access.Rights;
import dev.indelible.kit.problem.Rejection;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The stored claims, and the only place where they are handed out: to those who have a right, and
/// with an event for each.
@ApplicationScoped
public class Claims {
  static final int PAGE = 200;

  /// Panache is kept inside, so that the entity never leaves the package.
  @ApplicationScoped
  static class Rows implements PanacheRepositoryBase<Claim, UUID> {}

  private final Rows rows;
  private final RecordKeys keys;
  private final Erasures erasures;
  private final Rights rights;
  private final AccessHistory history;

  Claims(Rows rows, RecordKeys keys, Erasures erasures, Rights rights, AccessHistory history) {
    this.rows = rows;
    this.keys = keys;
    this.erasures = erasures;
    this.rights = rights;
    this.history = history;
  }

  /// A claim that the caller has a right to see; that it was seen is recorded.
  ///
  /// @throws Rejection (404) when there is none, or no right to it, indistinguishably; (410) when
  ///   it was the caller's organisation's and was erased
  public FiledClaim get(UUID id, Access access) {
    return filed(row(id, access));
  }

  /// The same, with the claim locked until the transaction ends: decisions on one claim queue up.
  public FiledClaim lock(UUID id, Access access) {
    lock(id);
    return get(id, access);
  }

  /// Which record a claim of the organisation is: nothing of what it says, so nothing is recorded.
  ///
  /// @throws Rejection (404) when there is none, or when it is another's, indistinguishably; (410)
  ///   when it was erased
  public RecordKey key(UUID id, String organisation) {
    return rows.find("id = ?1 and organisation = ?2", id, organisation)
        .firstResultOptional()
        .map(Claim::key)
        .orElseThrow(() -> erasures.missing(id, organisation));
  }

  /// Which record a claim is, of whichever insurer.
  public Optional<RecordKey> key(UUID id) {
    return rows.findByIdOptional(id).map(Claim::key);
  }

  /// Locks a claim until the transaction ends, whether it is there or not. Not its row: whoever may
  /// lock that may change it, and nobody may.
  public void lock(UUID id) {
    lock("pg_advisory_xact_lock", id);
  }

  /// Keeps a claim from being locked, and so from being erased, until the transaction ends. Any
  /// number may do so at once.
  public void keep(UUID id) {
    lock("pg_advisory_xact_lock_shared", id);
  }

  private void lock(String function, UUID id) {
    var ignored =
        rows.getEntityManager()
            .createNativeQuery("select 1 from " + function + "(hashtextextended(:name, 0))")
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

  /// A claim's statement as the live rows make it, for somebody who has a right to see it.
  public TracedStatement statement(UUID id, Access access) {
    Claim claim = row(id, access);
    return ClaimStatement.of(claim, key(claim));
  }

  private Claim row(UUID id, Access access) {
    String organisation = access.caller().requireOrganisation();
    Claim claim = rows.findByIdOptional(id).orElseThrow(() -> erasures.missing(id, organisation));
    Right right =
        rights
            .find(access, id, claim.organisation)
            .orElseThrow(() -> erasures.missing(id, organisation));
    history.record(access, right, claim.organisation, List.of(id));
    return claim;
  }

  /// A claim of whichever insurer, for what the service itself has to compare: it tells nobody.
  public Optional<FiledClaim> find(UUID id) {
    return rows.findByIdOptional(id).map(this::filed);
  }

  /// A claim by its record, of whichever insurer, for the same.
  public Optional<FiledClaim> findByRecord(UUID record) {
    return rows.find("record", record).firstResultOptional().map(this::filed);
  }

  /// The claims of the caller's organisation after a place in the order of submission; each is
  /// recorded as seen.
  ///
  /// @throws Rejection (404) when the caller has no right to them
  public List<FiledClaim> list(Access access, Cursor after, int limit) {
    String organisation = access.caller().requireOrganisation();
    List<FiledClaim> found = list(organisation, after, limit);
    Right right = rights.ownOrganisation(access.caller()).orElseThrow(Rejection::notFound);
    history.record(access, right, organisation, found.stream().map(FiledClaim::id).toList());
    return found;
  }

  private List<FiledClaim> list(String organisation, Cursor after, int limit) {
    List<Claim> found =
        rows.find(
                """
            organisation = ?1 and (submittedAt > ?2 or (submittedAt = ?2 and id > ?3))
            order by submittedAt, id
            """,
                organisation,
                after.at(),
                after.id())
            .page(Page.ofSize(limit))
            .list();
    Map<UUID, DataKey> opened = keys(found);
    return found.stream()
        .map(claim -> claim.filed(Optional.ofNullable(opened.get(claim.id))))
        .toList();
  }

  private FiledClaim filed(Claim claim) {
    return claim.filed(key(claim));
  }

  private Optional<DataKey> key(Claim claim) {
    return Optional.ofNullable(keys(List.of(claim)).get(claim.id));
  }

  /// The keys of claims, by the claims' ids.
  Map<UUID, DataKey> keys(List<Claim> claims) {
    return keys.open(
        claims.stream().collect(Collectors.toMap(claim -> claim.id, claim -> claim.record)));
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
