package dev.indelible.claims.consent;

import dev.indelible.claims.Cursor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.util.List;
import java.util.UUID;

/// Which claims are worth asking the evaluator about. Leaves out what it would deny for sure and
/// decides nothing.
@ApplicationScoped
class Candidates {
  private final EntityManager database;

  @Inject
  Candidates(EntityManager database) {
    this.database = database;
  }

  /// Where claims about members of whom a permit is in force have their place in the order of
  /// submission.
  ///
  /// @param now in the spelling of columns
  List<Cursor> list(String recipient, String purpose, String now, Cursor after, int limit) {
    List<Tuple> places =
        database
            .createNativeQuery(
                """
                select c.submitted_at, c.id
                from claim c
                  join (select distinct organisation, member_index
                        from consent_grant
                        where recipient = :recipient and purpose = :purpose
                          and provision_type = 'permit'
                          and valid_from <= :now and valid_until > :now
                          and not exists (select from consent_revocation r
                                          where r.grant_id = consent_grant.id)) g
                    using (organisation, member_index)
                where c.organisation <> :recipient and (c.submitted_at, c.id) > (:at, :id)
                order by c.submitted_at, c.id limit :limit
                """,
                Tuple.class)
            .setParameter("recipient", recipient)
            .setParameter("purpose", purpose)
            .setParameter("now", now)
            .setParameter("at", after.at())
            .setParameter("id", after.id())
            .setParameter("limit", limit)
            .getResultList();
    return places.stream()
        .map(place -> new Cursor(place.get(0, String.class), place.get(1, UUID.class)))
        .toList();
  }
}
