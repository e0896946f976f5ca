package dev.indelible.claims.rules;

import dev.indelible.anchoring.Anchor;
import dev.indelible.anchoring.AnchorRequest;
import dev.indelible.anchoring.AnchoredRecords;
import dev.indelible.anchoring.LiveStatement;
import dev.indelible.anchoring.scope.AcrossOrganisations;
import dev.indelible.claims.Moment;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// The rules that were adopted.
@ApplicationScoped
public class RuleSets implements AnchoredRecords {
  /// Rules are adopted by whoever runs the service, not by an insurer.
  private static final String OPERATOR = "indelible";

  private final EntityManager database;
  private final Anchor anchor;
  private final Clock clock;

  @Inject
  RuleSets(EntityManager database, Anchor anchor, Clock clock) {
    this.database = database;
    this.anchor = anchor;
    this.clock = clock;
  }

  /// Adopts rules, once. Several processes may start at once; the unique digest lets one of them do
  /// it.
  ///
  /// @param name of the version
  @AcrossOrganisations
  @Transactional
  public void adopt(String name, RuleFile file) {
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
            .setParameter("name", name)
            .setParameter("sha256", file.sha256())
            .setParameter("at", Moment.text(clock.instant()))
            .executeUpdate();
    if (adopted == 1) {
      RuleSetRow row = database.find(RuleSetRow.class, id);
      anchor.enqueue(
          new AnchorRequest(row.id, row.record, row.organisation, row.statement(), List.of()));
    }
  }

  @Override
  public String[] tables() {
    return new String[] {RuleSetRow.TABLE};
  }

  @Override
  public Stream<LiveStatement> rebuild() {
    return database.createQuery("from RuleSetRow", RuleSetRow.class).getResultList().stream()
        .map(RuleSets::live);
  }

  private static LiveStatement live(RuleSetRow row) {
    return new LiveStatement(
        row.id, RuleSetRow.TABLE, row.id.toString(), row.organisation, row.record, row.statement());
  }
}
