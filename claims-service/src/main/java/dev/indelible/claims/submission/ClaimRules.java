package dev.indelible.claims.submission;

import dev.indelible.claims.ClaimDate;
import dev.indelible.claims.ClaimProblem;
import dev.indelible.claims.ClaimSubmission;
import dev.indelible.claims.ClaimSubmission.Code;
import dev.indelible.claims.ClaimSubmission.Diagnosis;
import dev.indelible.claims.ClaimSubmission.Identifier;
import dev.indelible.claims.ClaimSubmission.Line;
import dev.indelible.claims.ClaimSubmission.Money;
import dev.indelible.claims.ClaimSubmission.Period;
import dev.indelible.claims.ClaimSubmission.Related;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.kit.problem.Violation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What a claim must hold to be taken in, whichever form it came in. Pure.
public final class ClaimRules {
  private static final Set<String> USES = Set.of("claim", "preauthorization", "predetermination");
  private static final Set<String> TYPES =
      Set.of("institutional", "oral", "pharmacy", "professional", "vision");
  private static final Set<String> STATUSES = Set.of("active", "draft");

  private final ElementChecks checks = new ElementChecks();

  private ClaimRules() {}

  /// Checks a claim.
  ///
  /// @param naming how the caller knows the element that a JSON Pointer names
  /// @throws Rejection naming every element that is wrong
  public static void check(ClaimSubmission claim, UnaryOperator<String> naming) {
    List<Violation> found =
        violations(claim).stream()
            .map(each -> new Violation(naming.apply(each.field()), each.message()))
            .toList();
    if (!found.isEmpty()) {
      Violation first = found.getFirst();
      throw Rejection.of(ClaimProblem.INVALID_CLAIM, first.field() + ": " + first.message())
          .violations(found);
    }
  }

  static List<Violation> violations(ClaimSubmission claim) {
    ClaimRules rules = new ClaimRules();
    rules.head(claim);
    rules.lines(claim);
    rules.diagnoses(claim.diagnoses());
    return rules.checks.violations();
  }

  private void head(ClaimSubmission claim) {
    checks.required("/claimNumber", claim.claimNumber());
    checks.oneOf("/use", claim.use(), USES);
    checks.oneOf("/type", claim.type(), TYPES);
    checks.optional("/subType", claim.subType());
    if (claim.status() != null) {
      checks.oneOf("/status", claim.status(), STATUSES);
    }
    identifier("/member", claim.member());
    identifier("/provider", claim.provider());
    period("/billablePeriod", claim.billablePeriod());
    money("/total", claim.total());
    checks.date("/created", claim.created());
    checks.optional("/priority", claim.priority());
    checks.optional("/coverage", claim.coverage());
    related(claim.related());
  }

  private void related(@Nullable Related related) {
    if (related != null) {
      checks.optional("/related/relationship", related.relationship());
      checks.optional("/related/claim", related.claim());
    }
  }

  private void lines(ClaimSubmission claim) {
    // A preauthorization may ask by its attachments alone; a bill without a line bills nothing.
    if (claim.lines().isEmpty() && "claim".equals(claim.use())) {
      checks.add("/lines", "is required: a claim bills at least one line");
    }
    checks.atMost("/lines", claim.lines());
    // Details repeat their numbers in practice (HL7's own example 760152), lines must not:
    // decisions
    // name them.
    Set<Integer> sequences = new HashSet<>();
    for (int i = 0; i < claim.lines().size(); i++) {
      Line line = claim.lines().get(i);
      String at = "/lines/" + i;
      line(at, line, claim.total() != null);
      if (line.isTopLevel() && !sequences.add(line.sequence())) {
        checks.add(at + "/sequence", "is given twice");
      }
    }
  }

  private void line(String at, Line line, boolean hasCurrency) {
    checks.positive(at + "/sequence", line.sequence());
    checks.positive(at + "/detail", line.detail());
    checks.positive(at + "/subDetail", line.subDetail());
    if (line.subDetail() != null && line.detail() == null) {
      checks.add(at + "/detail", "is required where there is a subDetail");
    }
    code(at + "/code", line.code());
    modifiers(at + "/modifiers", line.modifiers());
    period(at + "/serviced", line.serviced());
    checks.decimal(at + "/quantity", line.quantity());
    checks.optional(at + "/unit", line.unit());
    checks.decimal(at + "/factor", line.factor());
    checks.amount(at + "/unitPriceMinor", line.unitPriceMinor(), hasCurrency);
    checks.amount(at + "/netMinor", line.netMinor(), hasCurrency);
    checks.optional(at + "/place", line.place());
    checks.optional(at + "/revenue", line.revenue());
    checks.optional(at + "/bodySite", line.bodySite());
    checks.optional(at + "/prescription", line.prescription());
  }

  private void modifiers(String at, List<String> modifiers) {
    for (int i = 0; i < modifiers.size(); i++) {
      checks.required(at + "/" + i, modifiers.get(i));
      if (modifiers.get(i).indexOf(' ') >= 0) {
        checks.add(at + "/" + i, "must not contain a space");
      }
    }
  }

  private void diagnoses(List<Diagnosis> diagnoses) {
    checks.atMost("/diagnoses", diagnoses);
    for (int i = 0; i < diagnoses.size(); i++) {
      Diagnosis diagnosis = diagnoses.get(i);
      String at = "/diagnoses/" + i;
      checks.positive(at + "/sequence", diagnosis.sequence());
      if (diagnosis.code() == null && diagnosis.reference() == null) {
        checks.add(at + "/code", "is required: a code or a reference");
      }
      if (diagnosis.code() != null) {
        code(at + "/code", diagnosis.code());
      }
      checks.optional(at + "/reference", diagnosis.reference());
    }
  }

  private void identifier(String at, @Nullable Identifier identifier) {
    if (identifier == null) {
      checks.add(at, "is required");
      return;
    }
    checks.optional(at + "/system", identifier.system());
    checks.required(at + "/value", identifier.value());
  }

  private void code(String at, @Nullable Code code) {
    if (code == null) {
      checks.add(at, "is required");
      return;
    }
    checks.optional(at + "/system", code.system());
    checks.required(at + "/code", code.code());
  }

  private void period(String at, @Nullable Period period) {
    if (period == null) {
      return;
    }
    checks.date(at + "/from", period.from());
    checks.date(at + "/to", period.to());
    if (period.from() != null && period.to() != null) {
      ClaimDate to = ClaimDate.find(period.to()).orElse(null);
      if (to != null && ClaimDate.find(period.from()).filter(d -> d.isAfter(to)).isPresent()) {
        checks.add(at, "ends before it begins");
      }
    }
  }

  private void money(String at, @Nullable Money money) {
    if (money == null) {
      return;
    }
    checks.amount(at + "/minor", money.minor(), true);
    if (money.currency() == null) {
      checks.add(at + "/currency", "is required");
    } else if (!ElementChecks.isCurrency(money.currency())) {
      checks.add(at + "/currency", "is not a currency of ISO 4217");
    }
  }
}
