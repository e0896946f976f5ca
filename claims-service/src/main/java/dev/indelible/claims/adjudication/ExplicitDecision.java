package dev.indelible.claims.adjudication;

import dev.indelible.claims.ClaimProblem;
import dev.indelible.claims.ClaimSubmission;
import dev.indelible.claims.adjudication.Decision.Denied;
import dev.indelible.claims.adjudication.Decision.Pended;
import dev.indelible.claims.adjudication.DecisionRequest.LineAmount;
import dev.indelible.claims.adjudication.LineDecision.Amounts;
import dev.indelible.kit.problem.CommonProblem;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.kit.problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A decision that a person makes: the amounts may be the person's own, the arithmetic may not.
final class ExplicitDecision {
  private static final String RULE = "adjudicator";
  private static final Set<String> OUTCOMES = Set.of("paid", "reduced", "denied", "pended");
  private static final int MAX_REASON = 1024;

  private final ClaimSubmission claim;
  private final DecisionRequest request;
  private final String outcome;
  private final String reason;

  /// Checks what can be checked without the claim.
  ///
  /// @throws Rejection naming the member that is wrong
  ExplicitDecision(ClaimSubmission claim, DecisionRequest request) {
    this.claim = claim;
    this.request = request;
    this.outcome = request.outcome() == null ? "" : request.outcome();
    this.reason = request.reason() == null ? "" : request.reason().strip();
    if (!OUTCOMES.contains(outcome)) {
      throw invalid("/outcome", "is none of " + OUTCOMES.stream().sorted().toList());
    }
    if (reason.isEmpty()
        || reason.length() > MAX_REASON
        || reason.chars().anyMatch(Character::isISOControl)) {
      throw invalid("/reason", "is required: 1 to " + MAX_REASON + " characters");
    }
  }

  /// Whether the decision may be made while an alert holds the claim.
  void requireAllowedWhileHeld() {
    boolean pays = outcome.equals("paid") || outcome.equals("reduced");
    if (pays && !request.overridesAlert()) {
      throw Rejection.of(
          ClaimProblem.HELD_BY_ALERT,
          "Read GET /v1/match-alerts, then pend or deny, or send overrideAlert with a reason.");
    }
  }

  /// The decision.
  ///
  /// @throws Rejection when outcome and amounts contradict each other
  Decision decide(Adjudication adjudication) {
    if (outcome.equals("pended")) {
      return new Pended(RULE, reason);
    }
    List<BilledLine> billed =
        BilledLine.of(claim)
            .or(() -> BilledLine.whole(claim))
            .orElseThrow(() -> invalid("/outcome", "nothing is billed: only pended is possible"));
    if (outcome.equals("denied")) {
      return new Denied(RULE, reason, billed.stream().map(ExplicitDecision::denied).toList());
    }
    List<LineDecision> lines =
        request.lines().isEmpty() ? adjudication.price(billed, claim) : own(billed);
    Decision decision = Adjudication.settle(lines, RULE, reason);
    if (!decision.outcome().equals(outcome)) {
      throw invalid("/outcome", "the amounts amount to " + decision.outcome());
    }
    return decision;
  }

  private static LineDecision denied(BilledLine line) {
    return new LineDecision(line.line(), RULE, Amounts.denied(line.minor()));
  }

  private List<LineDecision> own(List<BilledLine> billed) {
    if (request.lines().size() != billed.size()) {
      throw invalid("/lines", "does not name every line once");
    }
    List<LineDecision> lines = new ArrayList<>();
    for (int i = 0; i < billed.size(); i++) {
      lines.add(own(billed.get(i), request.lines().get(i), "/lines/" + i));
    }
    return lines;
  }

  private static LineDecision own(BilledLine billed, LineAmount amount, String at) {
    if (amount.sequence() != billed.line()) {
      throw invalid(at + "/sequence", "is not the line that comes here");
    }
    boolean ordered =
        0 <= amount.paidMinor()
            && amount.paidMinor() <= amount.allowedMinor()
            && amount.allowedMinor() <= billed.minor();
    if (!ordered) {
      throw invalid(at, "is not 0 ≤ paidMinor ≤ allowedMinor ≤ what is billed");
    }
    return new LineDecision(
        billed.line(),
        RULE,
        Amounts.settled(billed.minor(), amount.allowedMinor(), amount.paidMinor()));
  }

  private static Rejection invalid(String pointer, String message) {
    return Rejection.of(CommonProblem.INVALID_BODY, pointer + ": " + message)
        .violations(List.of(new Violation(pointer, message)));
  }
}
