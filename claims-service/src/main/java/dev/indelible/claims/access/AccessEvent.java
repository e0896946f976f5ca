package dev.indelible.claims.access;

import dev.indelible.anchoring.Bytes;
import dev.indelible.anchoring.Issuer;
import dev.indelible.anchoring.Seal;
import dev.indelible.claims.TracedRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A row of `access_event`: somebody was given something of one claim, or of the history of who
/// was. Of the patient it says nothing but which claim it was.
///
/// @param claim primary key of the claim's row, while there is one; none when somebody was shown
///   events of several claims
/// @param organisation whose claim it is
/// @param actor subject of the token
/// @param actorOrganisation for which the actor acts, if it says
/// @param role the role that the right rests on
/// @param action see [Action]
/// @param purpose see [Purpose]
/// @param right see [Right]
/// @param rightId which right, of those that are given one by one
/// @param at see [dev.indelible.claims.Moment]
public record AccessEvent(
    UUID id,
    @Nullable UUID claim,
    String organisation,
    String actor,
    @Nullable String actorOrganisation,
    String role,
    String action,
    String purpose,
    String right,
    @Nullable UUID rightId,
    String at) {
  static final String TABLE = "access_event";

  static AccessEvent of(Access access, Right right, @Nullable UUID claim, String owner, String at) {
    return new AccessEvent(
        UUID.randomUUID(),
        claim,
        owner,
        access.caller().subject(),
        access.caller().organisation().orElse(null),
        right.role(),
        access.action().word(),
        access.purpose().orElseGet(() -> Purpose.usual(right.role())).name(),
        right.kind().word(),
        right.id(),
        at);
  }

  static AccessEvent read(ResultSet row) throws SQLException {
    return new AccessEvent(
        row.getObject("id", UUID.class),
        row.getObject("claim_id", UUID.class),
        row.getString("organisation"),
        row.getString("actor"),
        row.getString("actor_organisation"),
        row.getString("role"),
        row.getString("action"),
        row.getString("purpose"),
        row.getString("access_right"),
        row.getObject("right_id", UUID.class),
        row.getString("accessed_at"));
  }

  /// The row, column by column.
  TracedRow row() {
    return TracedRow.of(TABLE, id)
        .column("claim_id", claim)
        .column("organisation", organisation)
        .column("actor", actor)
        .column("actor_organisation", actorOrganisation)
        .column("role", role)
        .column("action", action)
        .column("purpose", purpose)
        .column("access_right", right)
        .column("right_id", rightId)
        .column("accessed_at", at);
  }

  /// What vouches for the row until a statement does.
  String seal(Issuer issuer) {
    return Base64.getEncoder().encodeToString(Seal.of(issuer, TABLE, columns()).toArray());
  }

  /// The columns that the service did not write so; `seal` when it is the seal itself.
  List<String> changed(Issuer issuer, @Nullable String seal) {
    try {
      byte[] bytes = Base64.getDecoder().decode(Objects.requireNonNullElse(seal, ""));
      return Seal.changed(issuer, Bytes.of(bytes), TABLE, columns());
    } catch (IllegalArgumentException e) {
      return List.of("seal");
    }
  }

  private SequencedMap<String, Object> columns() {
    SequencedMap<String, Object> columns = new LinkedHashMap<>();
    columns.put("id", id);
    columns.put("claim_id", claim == null ? "" : claim);
    columns.put("organisation", organisation);
    columns.put("actor", actor);
    columns.put("actor_organisation", Objects.requireNonNullElse(actorOrganisation, ""));
    columns.put("role", role);
    columns.put("action", action);
    columns.put("purpose", purpose);
    columns.put("access_right", right);
    columns.put("right_id", rightId == null ? "" : rightId);
    columns.put("accessed_at", at);
    return columns;
  }
}
