package dev.indelible.claims.consent;

import dev.indelible.anchoring.TracedStatement;
import dev.indelible.claims.TracedRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/// That a grant was taken back: a row of its own, every column part of its statement.
@Entity
@Immutable
@Table(name = RevocationRow.TABLE)
class RevocationRow {
  static final String TABLE = "consent_revocation";

  @Id UUID id;
  UUID record;

  @Column(name = "grant_id")
  UUID grantId;

  String organisation;

  @Column(name = "revoked_by")
  String revokedBy;

  @Column(name = "revoked_at")
  String revokedAt;

  /// For the persistence provider, which fills the fields.
  @SuppressWarnings("NullAway.Init")
  RevocationRow() {}

  static RevocationRow of(GrantRow grant, String subject, String at) {
    RevocationRow row = new RevocationRow();
    row.id = UUID.randomUUID();
    row.record = grant.record;
    row.grantId = grant.id;
    row.organisation = grant.organisation;
    row.revokedBy = subject;
    row.revokedAt = at;
    return row;
  }

  /// The statement "this was taken back".
  TracedStatement statement() {
    TracedStatement.Builder statement = TracedStatement.builder("consent.revoked/v1");
    TracedRow.of(TABLE, id)
        .column("record", record)
        .column("grant_id", grantId)
        .column("organisation", organisation)
        .column("revoked_by", revokedBy)
        .column("revoked_at", revokedAt)
        .into(statement, "");
    return statement.build();
  }
}
