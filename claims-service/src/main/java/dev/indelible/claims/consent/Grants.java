package dev.indelible.claims.consent;

import dev.indelible.anchoring.Bytes;
import dev.indelible.anchoring.encryption.DataKey;
import dev.indelible.anchoring.encryption.RecordKeys;
import dev.indelible.claims.Cursor;
import dev.indelible.consent.Provision;
import dev.indelible.kit.problem.Rejection;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// The grants of all patients, and their revocations.
@ApplicationScoped
class Grants {
  static final int PAGE = 200;

  /// Panache is kept inside, so that the entity never leaves the package.
  @ApplicationScoped
  static class Rows implements PanacheRepositoryBase<GrantRow, UUID> {}

  /// Likewise.
  @ApplicationScoped
  static class Revocations implements PanacheRepositoryBase<RevocationRow, UUID> {}

  private final Rows rows;
  private final Revocations revocations;
  private final RecordKeys keys;

  Grants(Rows rows, Revocations revocations, RecordKeys keys) {
    this.rows = rows;
    this.revocations = revocations;
    this.keys = keys;
  }

  /// What patients said about a member's claims and an organisation. Nothing is kept between two
  /// requests: what was revoked anywhere is revoked here.
  ///
  /// @param member see [dev.indelible.claims.MemberIndex]
  List<Provision> about(String organisation, Bytes member, String recipient) {
    List<GrantRow> found =
        rows.find(
                "organisation = ?1 and memberIndex = ?2 and recipient = ?3",
                organisation,
                member,
                recipient)
            .list();
    return read(found, GrantRow::provision);
  }

  /// What rows say, each with its record's key.
  <T> List<T> read(List<GrantRow> found, BiFunction<GrantRow, Optional<DataKey>, T> as) {
    return keys.read(found, row -> row.id, row -> row.record, as);
  }

  /// How many a patient has given of an insurer's claims to an organisation, ever.
  long count(String subject, String organisation, String recipient) {
    return rows.count(
        "grantedBy = ?1 and organisation = ?2 and recipient = ?3",
        subject,
        organisation,
        recipient);
  }

  /// A patient's grants after a place in the order in which they were given.
  List<GrantRow> list(String subject, Cursor after, int limit) {
    return rows.find(
            """
            grantedBy = ?1 and (grantedAt > ?2 or (grantedAt = ?2 and id > ?3))
            order by grantedAt, id
            """,
            subject,
            after.at(),
            after.id())
        .page(Page.ofSize(limit))
        .list();
  }

  /// One of a patient's grants.
  ///
  /// @throws Rejection (404) when there is none, or when it is another's
  GrantRow get(UUID id, String subject) {
    return rows.find("id = ?1 and grantedBy = ?2", id, subject)
        .firstResultOptional()
        .orElseThrow(Rejection::notFound);
  }

  /// The same, locked until the transaction ends: of two revocations the second sees the first. Not
  /// its row: whoever may lock that may change it, and nobody may.
  GrantRow lock(UUID id, String subject) {
    var ignored =
        rows.getEntityManager()
            .createNativeQuery("select 1 from pg_advisory_xact_lock(hashtextextended(:name, 0))")
            .setParameter("name", "grant/" + id)
            .getResultList();
    return get(id, subject);
  }

  /// At once: its statement is the patient's by it.
  void persist(GrantRow row) {
    rows.persistAndFlush(row);
  }

  /// Likewise.
  void persist(RevocationRow row) {
    revocations.persistAndFlush(row);
  }

  /// A page of all grants in the order of their ids: the first, or the one after `last`.
  List<GrantRow> page(@Nullable UUID last) {
    rows.getEntityManager().clear();
    var query = last == null ? rows.find("order by id") : rows.find("id > ?1 order by id", last);
    return query.page(Page.ofSize(PAGE)).list();
  }

  /// Likewise of all revocations.
  List<RevocationRow> revocations(@Nullable UUID last) {
    rows.getEntityManager().clear();
    var query =
        last == null
            ? revocations.find("order by id")
            : revocations.find("id > ?1 order by id", last);
    return query.page(Page.ofSize(PAGE)).list();
  }
}
