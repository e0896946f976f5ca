package dev.indelible.claims.matching;

import dev.indelible.claims.Cursor;
import dev.indelible.claims.access.Access;
import dev.indelible.claims.access.AccessHistory;
import dev.indelible.claims.access.Right;
import dev.indelible.claims.access.Rights;
import dev.indelible.claims.duplicate.BilledService;
import dev.indelible.claims.submission.FiledClaim;
import dev.indelible.kit.problem.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.util.List;
import java.util.UUID;

/// The alerts of all insurers; every question names the one that asks.
@ApplicationScoped
public class MatchAlerts {
  static final String OTHER_INSURER = "other-insurer";
  static final String POSSIBLE_DUPLICATE = "possible-duplicate";

  private final EntityManager database;
  private final Rights rights;
  private final AccessHistory history;

  @Inject
  MatchAlerts(EntityManager database, Rights rights, AccessHistory history) {
    this.database = database;
    this.rights = rights;
    this.history = history;
  }

  /// Stores one side of an alert. Storing it again changes nothing: the relay may report an entry
  /// more than once.
  void raise(FiledClaim mine, FiledClaim other, BilledService service, String at) {
    boolean same = mine.organisation().equals(other.organisation());
    var ignored =
        database
            .createNativeQuery(
                """
                insert into match_alert (id, claim_id, organisation, other_claim_id, kind,
                  code_system, code, service_day, found_at)
                values (:id, :claim, :organisation, :other, :kind, :system, :code, :day, :at)
                on conflict do nothing
                """)
            .setParameter("id", UUID.randomUUID())
            .setParameter("claim", mine.id())
            .setParameter("organisation", mine.organisation())
            .setParameter("other", other.id())
            .setParameter("kind", same ? POSSIBLE_DUPLICATE : OTHER_INSURER)
            .setParameter("system", service.codeSystem())
            .setParameter("code", service.code())
            .setParameter("day", service.day())
            .setParameter("at", at)
            .executeUpdate();
  }

  /// The alerts of the caller's organisation after a place in the order in which they were raised.
  /// Each tells of its own side's claim, which is recorded as seen.
  ///
  /// @throws Rejection (404) when the caller has no right to them
  public List<MatchAlert> list(Access access, Cursor after, int limit) {
    String organisation = access.caller().requireOrganisation();
    List<MatchAlert> found = list(organisation, after, limit);
    Right right = rights.ownOrganisation(access.caller()).orElseThrow(Rejection::notFound);
    List<UUID> claims = found.stream().map(MatchAlert::claim).distinct().toList();
    history.record(access, right, organisation, claims);
    return found;
  }

  private List<MatchAlert> list(String organisation, Cursor after, int limit) {
    List<Tuple> rows =
        database
            .createNativeQuery(
                """
                select id, claim_id, kind, code_system, code, service_day, found_at
                from match_alert
                where organisation = :organisation and (found_at, id) > (:at, :id)
                order by found_at, id limit :limit
                """,
                Tuple.class)
            .setParameter("organisation", organisation)
            .setParameter("at", after.at())
            .setParameter("id", after.id())
            .setParameter("limit", limit)
            .getResultList();
    return rows.stream().map(MatchAlerts::alert).toList();
  }

  private static MatchAlert alert(Tuple row) {
    return new MatchAlert(
        row.get(0, UUID.class),
        row.get(1, UUID.class),
        row.get(2, String.class),
        row.get(3, String.class),
        row.get(4, String.class),
        row.get(5, String.class),
        row.get(6, String.class));
  }

  /// Deletes what alerts say of a claim, on both sides: the other side's tells the same fields.
  public void delete(UUID claim) {
    var ignored =
        database
            .createNativeQuery(
                "delete from match_alert where claim_id = :claim or other_claim_id = :claim")
            .setParameter("claim", claim)
            .executeUpdate();
  }

  /// How many alerts name this claim as their own side.
  public long count(UUID claim) {
    return ((Number)
            database
                .createNativeQuery("select count(*) from match_alert where claim_id = :claim")
                .setParameter("claim", claim)
                .getSingleResult())
        .longValue();
  }
}
