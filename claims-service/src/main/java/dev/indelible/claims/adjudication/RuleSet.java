package dev.indelible.claims.adjudication;

import dev.indelible.claims.rules.RuleFile;
import dev.indelible.claims.rules.RuleSets;
import dev.indelible.kit.json.StrictJson;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/// The rule file in force. Its digest goes into the log once, before the first decision under it.
@ApplicationScoped
class RuleSet {
  private final RuleSets adopted;
  private final RuleFile file = RuleFile.of("/rules/adjudication-v1.json");
  private final AdjudicationRules rules;

  @Inject
  RuleSet(RuleSets adopted, StrictJson json) {
    this.adopted = adopted;
    this.rules = json.read(file.bytes(), AdjudicationRules.class);
  }

  AdjudicationRules rules() {
    return rules;
  }

  String sha256() {
    return file.sha256();
  }

  void adopt(@Observes StartupEvent started) {
    adopted.adopt(rules.name(), file);
  }
}
