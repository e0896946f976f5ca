package dev.indelible.trials.finding;

import dev.indelible.anchoring.Anchor;
import dev.indelible.anchoring.AnchorRequest;
import dev.indelible.anchoring.scope.AcrossOrganisations;
import dev.indelible.trials.outcome.RuleSet;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/// The rule set in force. It is anchored when the service first starts with it, before it judges
/// anything, so that nobody can choose the rules after the results.
@ApplicationScoped
class AdoptRules {
  private static final String FILE = "/rules/outcome-severity-v1.json";

  private final EntityManager entities;
  private final Anchor anchor;
  private final Clock clock;
  private final RuleSet rules;

  @Inject
  AdoptRules(EntityManager entities, Anchor anchor, Clock clock) throws IOException {
    this.entities = entities;
    this.anchor = anchor;
    this.clock = clock;
    try (InputStream file = AdoptRules.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException(FILE + " is missing");
      }
      this.rules = RuleSet.parse(file.readAllBytes());
    }
  }

  RuleSet rules() {
    return rules;
  }

  /// Anchors the rule set once, however many processes start at the same time.
  @AcrossOrganisations
  @Transactional
  void adopt(@Observes StartupEvent start) {
    UUID id = UUID.randomUUID();
    int inserted =
        entities
            .createNativeQuery(
                "insert into rule_set (id, sha256, name, version, content, adopted_at)"
                    + " values (?1, ?2, ?3, ?4, ?5, ?6) on conflict (sha256) do nothing")
            .setParameter(1, id)
            .setParameter(2, rules.sha256())
            .setParameter(3, rules.name())
            .setParameter(4, rules.version())
            .setParameter(5, rules.content())
            .setParameter(6, clock.instant().toString())
            .executeUpdate();
    if (inserted == 1) {
      RuleSetRow row = entities.find(RuleSetRow.class, id);
      anchor.enqueue(
          new AnchorRequest(id, id, RuleSetRow.ORGANISATION, row.statement(), List.of()));
    }
  }
}
