package dev.indelible.claims.member;

import dev.indelible.anchoring.Bytes;
import dev.indelible.anchoring.TracedStatement;
import dev.indelible.anchoring.encryption.DataKey;
import dev.indelible.claims.EncryptedRow;
import dev.indelible.claims.Member;
import dev.indelible.claims.TracedRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/// A membership: immutable, every column part of its statement, since it decides who reads what.
@Entity
@Immutable
@Table(name = MembershipRow.TABLE)
class MembershipRow {
  static final String TABLE = "membership";

  @Id UUID id;
  UUID record;
  String organisation;
  String subject;

  @Column(name = "member_system")
  @Nullable String memberSystem;

  @Column(name = "member_value")
  Bytes memberValue;

  /// See [dev.indelible.claims.MemberIndex].
  @Column(name = "member_index")
  Bytes memberIndex;

  @Column(name = "invited_by")
  String invitedBy;

  @Column(name = "invited_at")
  String invitedAt;

  String since;

  /// For the persistence provider, which fills the fields.
  @SuppressWarnings("NullAway.Init")
  MembershipRow() {}

  /// @param key under which the member's number is encrypted
  static MembershipRow of(
      Invitations.Redeemed invitation, String subject, String since, DataKey key) {
    MembershipRow row = new MembershipRow();
    row.id = UUID.randomUUID();
    row.record = UUID.randomUUID();
    row.organisation = invitation.member().organisation();
    row.subject = subject;
    row.memberSystem = invitation.member().system();
    row.memberValue =
        row.cells(Optional.of(key)).encrypt("member_value", invitation.member().value());
    row.invitedBy = invitation.by();
    row.invitedAt = invitation.at();
    row.since = since;
    return row;
  }

  private EncryptedRow cells(Optional<DataKey> key) {
    return new EncryptedRow(TABLE, id, key);
  }

  private String memberValue(Optional<DataKey> key) {
    return cells(key).decrypt("member_value", memberValue);
  }

  Membership membership(Optional<DataKey> key) {
    return new Membership(id, new Member(organisation, memberSystem, memberValue(key)), since);
  }

  /// The statement "this patient is this member", of the row about to be stored and of the row
  /// found later.
  TracedStatement statement(Optional<DataKey> key) {
    TracedStatement.Builder statement = TracedStatement.builder("member.linked/v1");
    TracedRow.of(TABLE, id)
        .column("record", record)
        .column("organisation", organisation)
        .column("subject", subject)
        .column("member_system", memberSystem)
        .column("member_value", memberValue(key))
        .column("member_index", memberIndex)
        .column("invited_by", invitedBy)
        .column("invited_at", invitedAt)
        .column("since", since)
        .into(statement, "");
    return statement.build();
  }
}
