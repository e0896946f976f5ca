package dev.indelible.claims.consent;

import dev.indelible.claims.rules.RuleFile;
import dev.indelible.claims.rules.RuleSets;
import dev.indelible.consent.ConsentRules;
import dev.indelible.kit.problem.CommonProblem;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.kit.problem.Violation;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The consent rules in force. Their digest goes into the log once, before the first decision under
/// them.
@ApplicationScoped
public class ConsentRuleSet {
  /// The header by which a caller says what it wants a record for.
  public static final String PURPOSE_OF_USE = "Purpose-Of-Use";

  private final RuleSets adopted;
  private final RuleFile file = RuleFile.of("/rules/consent-v1.json");
  private final ConsentRules rules = ConsentRules.read(file.bytes());

  @Inject
  ConsentRuleSet(RuleSets adopted) {
    this.adopted = adopted;
  }

  ConsentRules rules() {
    return rules;
  }

  /// The version's name.
  public String name() {
    return rules.name();
  }

  /// Reads the header.
  ///
  /// @throws Rejection when it names no purpose for which anything can be granted
  public String purpose(@Nullable String header) {
    if (header == null || !rules.purposes().contains(header)) {
      String message = "is none of " + rules.purposes().stream().sorted().toList();
      throw Rejection.of(CommonProblem.BAD_REQUEST, PURPOSE_OF_USE + ": " + message)
          .violations(List.of(new Violation(PURPOSE_OF_USE, message)));
    }
    return header;
  }

  void adopt(@Observes StartupEvent started) {
    adopted.adopt(rules.name(), file);
  }
}
