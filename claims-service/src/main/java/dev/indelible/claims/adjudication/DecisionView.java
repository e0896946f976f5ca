package dev.indelible.claims.adjudication;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.indelible.anchoring.AnchorState;
import java.util.List;
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
    @Nullable String currency,
    @Nullable Sum amounts,
    List<LineView> lines,
    AnchorState anchor) {

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

  static DecisionView of(DecisionRow row, AnchorState anchor) {
    return new DecisionView(
        row.id.toString(),
        row.claimId.toString(),
        row.number,
        row.outcome,
        row.rule,
        row.reason,
        row.ruleSetSha256,
        row.alertOverridden,
        row.decidedBy,
        row.decidedAt,
        row.approves == null ? null : row.approves.toString(),
        row.currency,
        row.billedMinor == null ? null : sum(row),
        row.lines.stream().map(DecisionView::line).toList(),
        anchor);
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
