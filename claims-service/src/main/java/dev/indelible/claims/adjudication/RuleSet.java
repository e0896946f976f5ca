package dev.indelible.claims.adjudication;

import dev.indelible.anchoring.Anchor;
import dev.indelible.anchoring.AnchorRequest;
import dev.indelible.anchoring.scope.AcrossOrganisations;
import dev.indelible.claims.submission.Moment;
import dev.indelible.kit.json.StrictJson;
import dev.indelible.transparency.Hash;
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
import java.util.Objects;
import java.util.UUID;

/// The rule file in force. Its digest goes into the log once, before the first decision under it.
@ApplicationScoped
class RuleSet {
  private static final String FILE = "/rules/adjudication-v1.json";

  /// Rules are adopted by whoever runs the service, not by an insurer.
  private static final String OPERATOR = "indelible";

  private final EntityManager database;
  private final Anchor anchor;
  private final Clock clock;
  private final AdjudicationRules rules;
  private final String sha256;

  @Inject
  RuleSet(EntityManager database, Anchor anchor, Clock clock, StrictJson json) {
    this.database = database;
    this.anchor = anchor;
    this.clock = clock;
    byte[] file = file();
    this.rules = json.read(file, AdjudicationRules.class);
    this.sha256 = Hash.sha256(file).toHex();
  }

  private static byte[] file() {
    try (InputStream in = Objects.requireNonNull(RuleSet.class.getResourceAsStream(FILE), FILE)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + FILE, e);
    }
  }

  AdjudicationRules rules() {
    return rules;
  }

  String sha256() {
    return sha256;
  }

  /// Several processes may start at once; the unique digest lets one of them adopt the rules.
  @AcrossOrganisations
  @Transactional
  void adopt(@Observes StartupEvent started) {
    UUID id = UUID.randomUUID();
    int adopted =
        database
            .createNativeQuery(
                """
                insert into rule_set (id, record, organisation, name, sha256, adopted_at)
                values (:id, :record, :organisation, :name, :sha256, :at)
                on conflict (sha256) do nothing
                """)
            .setParameter("id", id)
            .setParameter("record", UUID.randomUUID())
            .setParameter("organisation", OPERATOR)
            .setParameter("name", rules.name())
            .setParameter("sha256", sha256)
            .setParameter("at", Moment.text(clock.instant()))
            .executeUpdate();
    if (adopted == 1) {
      RuleSetRow row = database.find(RuleSetRow.class, id);
      anchor.enqueue(
          new AnchorRequest(
              row.id, row.record, row.organisation, AdjudicationStatement.of(row), List.of()));
    }
  }
}
