package dev.indelible.claims.adjudication;

import dev.indelible.claims.ClaimSubmission;
import dev.indelible.claims.ClaimSubmission.Line;
import dev.indelible.claims.adjudication.Decision.Denied;
import dev.indelible.claims.adjudication.Decision.Paid;
import dev.indelible.claims.adjudication.Decision.Pended;
import dev.indelible.claims.adjudication.Decision.Proposed;
import dev.indelible.claims.adjudication.Decision.Reduced;
import dev.indelible.claims.adjudication.Decision.Settled;
import dev.indelible.claims.adjudication.LineDecision.Amounts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The first adjudication: a function of claim, alert and rules, and of nothing else.
final class Adjudication {
  private final AdjudicationRules rules;

  Adjudication(AdjudicationRules rules) {
    this.rules = rules;
  }

  /// Decides a claim. What a rule cannot decide is pended, never guessed.
  ///
  /// @param held whether an alert found the same service elsewhere
  Decision decide(ClaimSubmission claim, boolean held) {
    if (!claim.use().equals("claim")) {
      return new Pended("not-a-bill", "A " + claim.use() + " asks for no payment.");
    }
    if (held) {
      return new Pended("possible-duplicate", "The same service was billed elsewhere.");
    }
    if (repeatsALine(claim)) {
      return new Pended("repeated-line", "Two lines are the same and no modifier says why.");
    }
    Optional<List<BilledLine>> billed = BilledLine.of(claim);
    if (billed.isEmpty()) {
      return new Pended("unpriced", "The amounts of the lines are missing or do not add up.");
    }
    if (billed.get().stream().mapToLong(BilledLine::minor).sum() > rules.pendAboveMinor()) {
      return new Pended("high-amount", "The sum is above what is decided without a person.");
    }
    return settle(price(billed.get(), claim), "fee-schedule", "Decided by " + rules.name() + ".");
  }

  /// The decision, or where it pays much, or pays in spite of an alert, a proposal of it: that
  /// takes a second person (asvs-5.0 2.3.5).
  Decision requiringSecond(Decision decision, boolean overridesAlert) {
    if (!(decision instanceof Settled settled)) {
      return decision;
    }
    long paid = settled.lines().stream().mapToLong(line -> line.amounts().paid()).sum();
    long limit = overridesAlert ? 0 : rules.secondApprovalAboveMinor();
    return paid > limit
        ? new Proposed(settled.rule(), settled.reason(), settled.lines())
        : decision;
  }

  private static boolean repeatsALine(ClaimSubmission claim) {
    List<Line> plain =
        claim.lines().stream()
            .filter(line -> line.isTopLevel() && line.modifiers().isEmpty())
            .map(Line::unnumbered)
            .toList();
    return plain.stream().distinct().count() < plain.size();
  }

  /// What the rules allow and pay for each line.
  List<LineDecision> price(List<BilledLine> billed, ClaimSubmission claim) {
    return billed.stream().map(line -> price(line, claim)).toList();
  }

  private LineDecision price(BilledLine line, ClaimSubmission claim) {
    if (rules.excludes(line.code())) {
      return new LineDecision(line.line(), "exclusion", Amounts.denied(line.minor()));
    }
    String currency = claim.total() == null ? "" : claim.total().currency();
    OptionalLong fee = rules.fee(line.code(), currency);
    long allowed =
        fee.isPresent() ? Math.min(line.minor(), times(fee.getAsLong(), line)) : line.minor();
    long paid = rules.planShare(allowed, claim.type());
    String rule = fee.isPresent() ? "fee" : "as-billed";
    return new LineDecision(line.line(), rule, Amounts.settled(line.minor(), allowed, paid));
  }

  /// Fee times quantity, at most what is billed; rounded half up once, at the end.
  private static long times(long fee, BilledLine line) {
    return BigDecimal.valueOf(fee)
        .multiply(line.quantity())
        .setScale(0, RoundingMode.HALF_UP)
        .min(BigDecimal.valueOf(line.minor()))
        .longValueExact();
  }

  /// The decision that priced lines amount to.
  static Decision settle(List<LineDecision> lines, String rule, String reason) {
    if (lines.stream().allMatch(line -> line.amounts().isDenied())) {
      return new Denied(rule, reason, lines);
    }
    return lines.stream().anyMatch(line -> line.amounts().isReduced())
        ? new Reduced(rule, reason, lines)
        : new Paid(rule, reason, lines);
  }
}
