package dev.indelible.claims.consent;

import dev.indelible.anchoring.Bytes;
import dev.indelible.anchoring.TracedStatement;
import dev.indelible.anchoring.encryption.DataKey;
import dev.indelible.claims.EncryptedRow;
import dev.indelible.claims.Member;
import dev.indelible.claims.TracedRow;
import dev.indelible.consent.Interval;
import dev.indelible.consent.Provision;
import dev.indelible.consent.Subject;
import dev.indelible.consent.UtcMoment;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.BatchSize;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/// A grant: immutable, every column part of its statement.
@Entity
@Immutable
@Table(name = GrantRow.TABLE)
class GrantRow {
  static final String TABLE = "consent_grant";

  @Id UUID id;
  UUID record;
  String organisation;

  @Column(name = "granted_by")
  String grantedBy;

  @Column(name = "granted_at")
  String grantedAt;

  @Column(name = "provision_type")
  String type;

  @Column(name = "member_system")
  @Nullable String memberSystem;

  @Column(name = "member_value")
  Bytes memberValue;

  /// See [dev.indelible.claims.MemberIndex].
  @Column(name = "member_index")
  Bytes memberIndex;

  String recipient;
  String purpose;

  @Column(name = "valid_from")
  String validFrom;

  @Column(name = "valid_until")
  String validUntil;

  @Column(name = "records_from")
  @Nullable String recordsFrom;

  @Column(name = "records_until")
  @Nullable String recordsUntil;

  @OneToMany
  @JoinColumn(name = "grant_id", insertable = false, updatable = false)
  @BatchSize(size = Grants.PAGE)
  List<RevocationRow> revocations = new ArrayList<>();

  /// For the persistence provider, which fills the fields.
  @SuppressWarnings("NullAway.Init")
  GrantRow() {}

  /// @param key under which the member's number is encrypted
  static GrantRow of(Member member, Terms terms, String subject, String at, DataKey key) {
    GrantRow row = new GrantRow();
    row.id = UUID.randomUUID();
    row.record = UUID.randomUUID();
    row.organisation = member.organisation();
    row.grantedBy = subject;
    row.grantedAt = at;
    row.type = terms.type();
    row.memberSystem = member.system();
    row.memberValue = row.cells(Optional.of(key)).encrypt("member_value", member.value());
    row.recipient = terms.recipient();
    row.purpose = terms.purpose();
    row.validFrom = terms.from();
    row.validUntil = terms.until();
    row.recordsFrom = terms.recordsFrom();
    row.recordsUntil = terms.recordsUntil();
    return row;
  }

  private EncryptedRow cells(Optional<DataKey> key) {
    return new EncryptedRow(TABLE, id, key);
  }

  private String memberValue(Optional<DataKey> key) {
    return cells(key).decrypt("member_value", memberValue);
  }

  Optional<String> revokedAt() {
    return revocations.stream().map(revocation -> revocation.revokedAt).min(String::compareTo);
  }

  /// The grant as the patient reads it.
  Grant grant(Optional<DataKey> key) {
    return new Grant(
        id,
        type,
        new Member(organisation, memberSystem, memberValue(key)),
        recipient,
        purpose,
        validFrom,
        validUntil,
        recordsFrom,
        recordsUntil,
        grantedAt,
        revokedAt().orElse(null));
  }

  /// The grant as it is weighed.
  ///
  /// @throws IllegalArgumentException when the columns are not as they were written: left out, it
  ///   might be one that forbids
  Provision provision(Optional<DataKey> key) {
    String value = memberValue(key);
    if (value.equals(EncryptedRow.UNREADABLE)) {
      throw new IllegalArgumentException("cannot be decrypted: the member of grant " + id);
    }
    return new Provision(
        id.toString(),
        Provision.Type.of(type),
        new Subject(organisation, memberSystem, value),
        recipient,
        purpose,
        new Interval(new UtcMoment(validFrom), new UtcMoment(validUntil)),
        recordsFrom == null || recordsUntil == null
            ? Optional.empty()
            : Optional.of(new Interval(new UtcMoment(recordsFrom), new UtcMoment(recordsUntil))),
        revokedAt().map(UtcMoment::new));
  }

  /// The statement "this was granted", of the row about to be stored and of the row found later.
  TracedStatement statement(Optional<DataKey> key) {
    TracedStatement.Builder statement = TracedStatement.builder("consent.granted/v1");
    TracedRow.of(TABLE, id)
        .column("record", record)
        .column("organisation", organisation)
        .column("granted_by", grantedBy)
        .column("granted_at", grantedAt)
        .column("provision_type", type)
        .column("member_system", memberSystem)
        .column("member_value", memberValue(key))
        .column("member_index", memberIndex)
        .column("recipient", recipient)
        .column("purpose", purpose)
        .column("valid_from", validFrom)
        .column("valid_until", validUntil)
        .column("records_from", recordsFrom)
        .column("records_until", recordsUntil)
        .into(statement, "");
    return statement.build();
  }
}
