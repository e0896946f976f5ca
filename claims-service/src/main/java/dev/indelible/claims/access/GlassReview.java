package dev.indelible.claims.access;

import dev.indelible.anchoring.LiveStatement;
import dev.indelible.anchoring.TracedStatement;
import dev.indelible.claims.TracedRow;
import dev.indelible.kit.problem.Rejection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A row of `break_glass_review`: what the insurer found when it looked at broken glass. A
/// statement about the claim's record, like the breaking.
///
/// @param glass what was reviewed
/// @param record the claim's record
/// @param organisation whose claim it is
/// @param finding see [Finding]
/// @param reviewedBy subject of the token
/// @param reviewedAt see [dev.indelible.claims.Moment]
public record GlassReview(
    UUID id,
    UUID glass,
    UUID record,
    String organisation,
    String finding,
    String reviewedBy,
    String reviewedAt) {
  static final String TABLE = "break_glass_review";

  private static final String TYPE = "claim.glass-reviewed/v1";

  /// What a review can find.
  public enum Finding {
    /// The reason holds.
    JUSTIFIED,
    /// It does not.
    UNJUSTIFIED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// Reads a finding.
    ///
    /// @throws Rejection (400) when it is none
    public static Finding of(@Nullable String word) {
      return Arrays.stream(values())
          .filter(each -> each.word().equals(word))
          .findFirst()
          .orElseThrow(
              () -> Rejection.of(AccessProblem.INVALID_FINDING, "Say justified or unjustified."));
    }
  }

  static GlassReview read(ResultSet row) throws SQLException {
    return new GlassReview(
        row.getObject("id", UUID.class),
        row.getObject("break_glass_id", UUID.class),
        row.getObject("record", UUID.class),
        row.getString("organisation"),
        row.getString("finding"),
        row.getString("reviewed_by"),
        row.getString("reviewed_at"));
  }

  /// The fact.
  TracedStatement statement() {
    TracedStatement.Builder statement = TracedStatement.builder(TYPE);
    TracedRow.of(TABLE, id)
        .column("break_glass_id", glass)
        .column("record", record)
        .column("organisation", organisation)
        .column("finding", finding)
        .column("reviewed_by", reviewedBy)
        .column("reviewed_at", reviewedAt)
        .into(statement, "");
    return statement.build();
  }

  LiveStatement live() {
    return new LiveStatement(id, TABLE, id.toString(), organisation, record, statement());
  }
}
