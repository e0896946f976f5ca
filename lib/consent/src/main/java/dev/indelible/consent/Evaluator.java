package dev.indelible.consent;

import dev.indelible.consent.Decision.Deny;
import dev.indelible.consent.Decision.Permit;
import dev.indelible.consent.Decision.Reason;
import dev.indelible.consent.Provision.Type;
import java.util.List;

/// Decides. What nothing allows is denied, and a provision that forbids outweighs all that allow
/// (the combining algorithm "deny-overrides" of OASIS XACML 3.0, C.2, with a default of deny).
public final class Evaluator {
  private Evaluator() {}

  /// The decision, which depends on the arguments alone.
  public static Decision decide(Inputs inputs, ConsentRules rules) {
    if (!rules.foresee(inputs.request())) {
      return new Deny(Reason.NOT_FORESEEN, List.of());
    }
    List<String> forbidding = applying(inputs, Type.DENY);
    if (!forbidding.isEmpty()) {
      return new Deny(Reason.FORBIDDEN, forbidding);
    }
    List<String> allowing = applying(inputs, Type.PERMIT);
    return allowing.isEmpty() ? new Deny(Reason.NO_GRANT, List.of()) : new Permit(allowing);
  }

  private static List<String> applying(Inputs inputs, Type type) {
    return inputs.provisions().stream()
        .filter(each -> each.type() == type && each.applies(inputs.request(), inputs.atTime()))
        .map(Provision::id)
        .toList();
  }
}
