package dev.indelible.claims.member;

import dev.indelible.claims.Member;
import dev.indelible.claims.Moment;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Invitations that nobody has redeemed yet, and how often somebody tried to.
@ApplicationScoped
class Invitations {
  private final EntityManager database;

  @Inject
  Invitations(EntityManager database) {
    this.database = database;
  }

  /// An invitation that was taken.
  ///
  /// @param by subject of the insurer's token that issued it
  /// @param at when
  record Redeemed(Member member, String by, String at) {}

  /// Stores an invitation, and forgets those whose time is over.
  void store(String code, Redeemed invitation, Instant now) {
    var expired =
        database
            .createNativeQuery("delete from member_invitation where expires_at <= :now")
            .setParameter("now", Moment.text(now))
            .executeUpdate();
    assert expired >= 0;
    Member member = invitation.member();
    var stored =
        database
            .createNativeQuery(
                """
                insert into member_invitation (code_sha256, organisation, member_system,
                  member_value, invited_by, invited_at, expires_at)
                values (:digest, :organisation, cast(:system as text), :value, :by, :at, :expires)
                """)
            .setParameter("digest", Invitation.digest(code).bytes())
            .setParameter("organisation", member.organisation())
            .setParameter("system", member.system())
            .setParameter("value", member.value())
            .setParameter("by", invitation.by())
            .setParameter("at", invitation.at())
            .setParameter("expires", Moment.text(now.plus(Invitation.VALID)))
            .executeUpdate();
    assert stored == 1;
  }

  /// Takes the invitation away. Of two who redeem one code at once the second waits for the first
  /// and finds nothing.
  Optional<Redeemed> take(String code, Instant now) {
    List<Tuple> taken =
        database
            .createNativeQuery(
                """
                delete from member_invitation
                where code_sha256 = :digest and expires_at > :now
                returning organisation, member_system, member_value, invited_by, invited_at
                """,
                Tuple.class)
            .setParameter("digest", Invitation.digest(code).bytes())
            .setParameter("now", Moment.text(now))
            .getResultList();
    return taken.stream().findFirst().map(Invitations::redeemed);
  }

  private static Redeemed redeemed(Tuple row) {
    return new Redeemed(
        new Member(row.get(0, String.class), row.get(1, String.class), row.get(2, String.class)),
        row.get(3, String.class),
        row.get(4, String.class));
  }

  /// Counts an attempt to redeem a code. Attempts of one subject wait for each other.
  ///
  /// @return how many there were in this hour, with this one
  int attempt(String subject, Instant now) {
    String hour = Moment.text(now).substring(0, "2026-03-14T10".length());
    var over =
        database
            .createNativeQuery("delete from redemption_attempt where hour < :hour")
            .setParameter("hour", hour)
            .executeUpdate();
    assert over >= 0;
    return ((Number)
            database
                .createNativeQuery(
                    """
                    insert into redemption_attempt as a (subject, hour, attempts)
                    values (:subject, :hour, 1)
                    on conflict (subject, hour) do update set attempts = a.attempts + 1
                    returning attempts
                    """)
                .setParameter("subject", subject)
                .setParameter("hour", hour)
                .getSingleResult())
        .intValue();
  }
}
