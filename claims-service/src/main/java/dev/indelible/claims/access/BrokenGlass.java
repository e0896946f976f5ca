package dev.indelible.claims.access;

import dev.indelible.anchoring.Bytes;
import dev.indelible.anchoring.LiveStatement;
import dev.indelible.anchoring.TracedStatement;
import dev.indelible.anchoring.encryption.DataKey;
import dev.indelible.anchoring.encryption.RecordKeys;
import dev.indelible.anchoring.erasure.RecordKey;
import dev.indelible.claims.EncryptedRow;
import dev.indelible.claims.Moment;
import dev.indelible.claims.TracedRow;
import dev.indelible.kit.identity.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A row of `break_glass`: somebody gave themselves the right to read one claim, for an hour and
/// for a reason (45 CFR 164.312(a)(2)(ii)). A statement about the claim's record, and erased with
/// it.
///
/// @param record the claim's record
/// @param claim primary key of the claim's row
/// @param organisation whose claim it is
/// @param actor subject of the token
/// @param reason see [Reason]
/// @param explanation free text, which may name a person
/// @param brokenAt see [Moment]
/// @param expiresAt from when on the right is none
public record BrokenGlass(
    UUID id,
    UUID record,
    UUID claim,
    String organisation,
    String actor,
    @Nullable String actorOrganisation,
    String reason,
    String explanation,
    String brokenAt,
    String expiresAt) {
  static final String TABLE = "break_glass";

  private static final Duration LIFE = Duration.ofHours(1);
  private static final String TYPE = "claim.glass-broken/v1";

  static BrokenGlass of(RecordKey claim, Caller caller, Reason reason, Instant now) {
    return new BrokenGlass(
        UUID.randomUUID(),
        claim.record(),
        claim.row(),
        claim.organisation(),
        caller.subject(),
        caller.organisation().orElse(null),
        reason.code().word(),
        reason.explanation(),
        Moment.text(now),
        Moment.text(now.plus(LIFE)));
  }

  /// @param keys of the claims' records
  static BrokenGlass read(ResultSet row, RecordKeys keys) throws SQLException {
    UUID id = row.getObject("id", UUID.class);
    UUID record = row.getObject("record", UUID.class);
    Optional<DataKey> key = Optional.ofNullable(keys.open(Map.of(id, record)).get(id));
    return new BrokenGlass(
        id,
        record,
        row.getObject("claim_id", UUID.class),
        row.getString("organisation"),
        row.getString("actor"),
        row.getString("actor_organisation"),
        row.getString("reason"),
        cells(id, key).decrypt("explanation", Bytes.of(row.getBytes("explanation"))),
        row.getString("broken_at"),
        row.getString("expires_at"));
  }

  /// The explanation as its cell is to hold it.
  Bytes encrypted(DataKey key) {
    return cells(id, Optional.of(key)).encrypt("explanation", explanation);
  }

  private static EncryptedRow cells(UUID id, Optional<DataKey> key) {
    return new EncryptedRow(TABLE, id, key);
  }

  /// The fact.
  TracedStatement statement() {
    TracedStatement.Builder statement = TracedStatement.builder(TYPE);
    TracedRow.of(TABLE, id)
        .column("record", record)
        .column("claim_id", claim)
        .column("organisation", organisation)
        .column("actor", actor)
        .column("actor_organisation", actorOrganisation)
        .column("reason", reason)
        .column("explanation", explanation)
        .column("broken_at", brokenAt)
        .column("expires_at", expiresAt)
        .into(statement, "");
    return statement.build();
  }

  LiveStatement live() {
    return new LiveStatement(id, TABLE, id.toString(), organisation, record, statement());
  }
}
