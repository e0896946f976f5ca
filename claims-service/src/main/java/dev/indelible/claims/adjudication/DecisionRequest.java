package dev.indelible.claims.adjudication;

import dev.indelible.kit.problem.CommonProblem;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.kit.problem.Violation;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What an adjudicator asks for: nothing, and the rules decide; a decision of one's own; or that
/// another's proposal takes effect.
///
/// @param outcome `paid`, `reduced`, `denied` or `pended`; absent for the first adjudication by the
///   rules
/// @param reason required with an outcome
/// @param overrideAlert required to pay a claim that an alert holds
/// @param lines amounts other than the rules'
/// @param approve the id of the proposal; nothing goes with it
public record DecisionRequest(
    @Nullable String outcome,
    @Nullable String reason,
    @Nullable Boolean overrideAlert,
    List<LineAmount> lines,
    @Nullable UUID approve) {

  /// A JSON reader leaves an absent list null.
  public DecisionRequest {
    lines = copy(lines);
  }

  private static List<LineAmount> copy(@Nullable List<LineAmount> lines) {
    return lines == null ? List.of() : List.copyOf(lines);
  }

  /// Amounts of one line, in minor units.
  public record LineAmount(int sequence, long allowedMinor, long paidMinor) {}

  /// The proposal to be approved.
  ///
  /// @throws Rejection when there is none, or something else is said with it
  UUID approved() {
    if (approve == null || outcome != null || hasWords()) {
      String message = "is the id of a proposal, and nothing goes with it";
      throw Rejection.of(CommonProblem.INVALID_BODY, "/approve: " + message)
          .violations(List.of(new Violation("/approve", message)));
    }
    return approve;
  }

  /// Whether anything is said that only goes with an outcome.
  boolean hasWords() {
    return reason != null || overrideAlert != null || !lines.isEmpty();
  }

  boolean overridesAlert() {
    return Boolean.TRUE.equals(overrideAlert);
  }
}
