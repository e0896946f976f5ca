package dev.indelible.claims.adjudication;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an adjudicator asks for: nothing, and the rules decide; or a decision of one's own.
///
/// @param outcome `paid`, `reduced`, `denied` or `pended`; absent for the first adjudication by the
///   rules
/// @param reason required with an outcome
/// @param overrideAlert required to pay a claim that an alert holds
/// @param lines amounts other than the rules'
public record DecisionRequest(
    @Nullable String outcome,
    @Nullable String reason,
    @Nullable Boolean overrideAlert,
    List<LineAmount> lines) {

  /// A JSON reader leaves an absent list null.
  public DecisionRequest {
    lines = copy(lines);
  }

  private static List<LineAmount> copy(@Nullable List<LineAmount> lines) {
    return lines == null ? List.of() : List.copyOf(lines);
  }

  /// Amounts of one line, in minor units.
  public record LineAmount(int sequence, long allowedMinor, long paidMinor) {}

  boolean overridesAlert() {
    return Boolean.TRUE.equals(overrideAlert);
  }
}
