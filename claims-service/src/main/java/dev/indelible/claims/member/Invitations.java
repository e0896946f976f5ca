package dev.indelible.claims.member;

import dev.indelible.anchoring.Bytes;
import dev.indelible.anchoring.encryption.DataKey;
import dev.indelible.anchoring.encryption.RecordKeys;
import dev.indelible.claims.EncryptedRow;
import dev.indelible.claims.Member;
import dev.indelible.claims.Moment;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Invitations that nobody has redeemed yet, and how often somebody tried to. Each has a data key
/// under its own id, which goes with it.
@ApplicationScoped
class Invitations {
  static final String TABLE = "member_invitation";

  private final EntityManager database;
  private final RecordKeys keys;

  @Inject
  Invitations(EntityManager database, RecordKeys keys) {
    this.database = database;
    this.keys = keys;
  }

  /// An invitation that was taken.
  ///
  /// @param by subject of the insurer's token that issued it
  /// @param at when
  record Redeemed(Member member, String by, String at) {}

  /// Stores an invitation, and forgets those whose time is over.
  void store(String code, Redeemed invitation, Instant now) {
    sweep(now);
    Member member = invitation.member();
    UUID id = UUID.randomUUID();
    Bytes value =
        cells(id, Optional.of(keys.create(id, member.organisation())))
            .encrypt("member_value", member.value());
    var stored =
        database
            .createNativeQuery(
                """
                insert into member_invitation (id, code_sha256, organisation, member_system,
                  member_value, invited_by, invited_at, expires_at)
                values (:id, :digest, :organisation, cast(:system as text), :value, :by, :at,
                  :expires)
                """)
            .setParameter("id", id)
            .setParameter("digest", Invitation.digest(code).bytes())
            .setParameter("organisation", member.organisation())
            .setParameter("system", member.system())
            .setParameter("value", value.toArray())
            .setParameter("by", invitation.by())
            .setParameter("at", invitation.at())
            .setParameter("expires", Moment.text(now.plus(Invitation.VALID)))
            .executeUpdate();
    assert stored == 1;
  }

  private void sweep(Instant now) {
    List<UUID> expired =
        database
            .createNativeQuery(
                "delete from member_invitation where expires_at <= :now returning id", UUID.class)
            .setParameter("now", Moment.text(now))
            .getResultList();
    expired.forEach(keys::destroy);
  }

  private static EncryptedRow cells(UUID id, Optional<DataKey> key) {
    return new EncryptedRow(TABLE, id, key);
  }

  /// Takes the invitation away, and destroys its key. Of two who redeem one code at once the second
  /// waits for the first and finds nothing; an invitation whose member cannot be read is none.
  Optional<Redeemed> take(String code, Instant now) {
    List<Tuple> taken =
        database
            .createNativeQuery(
                """
                delete from member_invitation
                where code_sha256 = :digest and expires_at > :now
                returning id, organisation, member_system, member_value, invited_by, invited_at
                """,
                Tuple.class)
            .setParameter("digest", Invitation.digest(code).bytes())
            .setParameter("now", Moment.text(now))
            .getResultList();
    return taken.stream()
        .findFirst()
        .map(this::redeemed)
        .filter(invitation -> !invitation.member().value().equals(EncryptedRow.UNREADABLE));
  }

  private Redeemed redeemed(Tuple row) {
    UUID id = row.get(0, UUID.class);
    EncryptedRow cells = cells(id, Optional.ofNullable(keys.open(Map.of(id, id)).get(id)));
    String value = cells.decrypt("member_value", Bytes.of(row.get(3, byte[].class)));
    keys.destroy(id);
    return new Redeemed(
        new Member(row.get(1, String.class), row.get(2, String.class), value),
        row.get(4, String.class),
        row.get(5, String.class));
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
