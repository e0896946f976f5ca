package dev.indelible.claims.adjudication;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.indelible.anchoring.AnchorState;
import dev.indelible.anchoring.encryption.DataKey;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A decision as its insurer reads it; amounts in minor units.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DecisionView(
    String id,
    String claim,
    int number,
    String outcome,
    String rule,
    String reason,
    String ruleSetSha256,
    boolean alertOverridden,
    String decidedBy,
    String decidedAt,
    @Nullable String approves,
    @Nullable Signature signature,
    @Nullable String currency,
    @Nullable Sum amounts,
    List<LineView> lines,
    AnchorState anchor) {

  /// What a signed record has to show (21 CFR 11.50(a)), here of what was signed with a passkey.
  /// Whose it is beyond the name is in `decidedBy`.
  ///
  /// @param printedName what the signer was called then
  /// @param signedAt see [dev.indelible.claims.Moment]
  /// @param meaning `approved`, what somebody else proposed, or `overridden`, an alert
  public record Signature(String printedName, String signedAt, String meaning) {}

  /// Where the money goes.
  public record Sum(
      @Nullable Long billed,
      @Nullable Long allowed,
      @Nullable Long paid,
      @Nullable Long contractual,
      @Nullable Long patient,
      @Nullable Long denied) {}

  /// What was decided on a line.
  public record LineView(int sequence, String rule, Sum amounts) {}

  static DecisionView of(DecisionRow row, Optional<DataKey> key, AnchorState anchor) {
    return new DecisionView(
        row.id.toString(),
        row.claimId.toString(),
        row.number,
        row.outcome,
        row.rule,
        row.reason(key),
        row.ruleSetSha256,
        row.alertOverridden,
        row.decidedBy,
        row.decidedAt,
        row.approves == null ? null : row.approves.toString(),
        signature(row, key),
        row.currency,
        row.billedMinor == null ? null : sum(row),
        row.lines.stream().map(DecisionView::line).toList(),
        anchor);
  }

  private static @Nullable Signature signature(DecisionRow row, Optional<DataKey> key) {
    String signer = row.signer(key);
    if (signer == null) {
      return null;
    }
    String meaning = row.approves == null ? "overridden" : "approved";
    return new Signature(signer, row.decidedAt, meaning);
  }

  private static Sum sum(DecisionRow row) {
    return new Sum(
        row.billedMinor,
        row.allowedMinor,
        row.paidMinor,
        row.contractualMinor,
        row.patientMinor,
        row.deniedMinor);
  }

  private static LineView line(DecisionLineRow row) {
    Sum sum =
        new Sum(
            row.billedMinor,
            row.allowedMinor,
            row.paidMinor,
            row.contractualMinor,
            row.patientMinor,
            row.deniedMinor);
    return new LineView(row.line, row.rule, sum);
  }
}
