package dev.indelible.claims.consent;

import dev.indelible.claims.Cursor;
import dev.indelible.consent.ConsentRules;
import dev.indelible.consent.DecisionDocument;
import dev.indelible.consent.Inputs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.util.List;
import java.util.UUID;

/// Every answer to the question whether a grant opens a claim, with all that is needed to ask it
/// again offline but the rule file.
@ApplicationScoped
public class ConsentDecisions {
  private final EntityManager database;

  @Inject
  ConsentDecisions(EntityManager database) {
    this.database = database;
  }

  /// A decision.
  ///
  /// @param decidedAt RFC 3339
  /// @param organisation alias of the organisation that asked
  /// @param verdict `permit` or `deny`
  /// @param document what was decided (`consent.decision/v1`), byte for byte
  /// @param inputs from what (`consent.inputs/v1`), byte for byte
  public record Stored(
      UUID id,
      String decidedAt,
      String organisation,
      String verdict,
      String document,
      String inputs) {}

  void store(UUID claim, Inputs inputs, ConsentRules rules, DecisionDocument document) {
    var stored =
        database
            .createNativeQuery(
                """
                insert into consent_decision (id, claim_id, organisation, decided_at, verdict,
                  rule_set_sha256, document, inputs)
                values (:id, :claim, :organisation, :at, :verdict, :rules, :document, :inputs)
                """)
            .setParameter("id", UUID.randomUUID())
            .setParameter("claim", claim)
            .setParameter("organisation", inputs.request().organisation())
            .setParameter("at", inputs.atTime().text())
            .setParameter("verdict", document.decision().isPermit() ? "permit" : "deny")
            .setParameter("rules", rules.sha256().toHex())
            .setParameter("document", document.text())
            .setParameter("inputs", inputs.text())
            .executeUpdate();
    assert stored == 1;
  }

  /// The decisions about a claim after a place in the order in which they were made.
  public List<Stored> list(UUID claim, Cursor after, int limit) {
    List<Tuple> rows =
        database
            .createNativeQuery(
                """
                select id, decided_at, organisation, verdict, document, inputs
                from consent_decision
                where claim_id = :claim and (decided_at, id) > (:at, :id)
                order by decided_at, id limit :limit
                """,
                Tuple.class)
            .setParameter("claim", claim)
            .setParameter("at", after.at())
            .setParameter("id", after.id())
            .setParameter("limit", limit)
            .getResultList();
    return rows.stream().map(ConsentDecisions::stored).toList();
  }

  private static Stored stored(Tuple row) {
    return new Stored(
        row.get(0, UUID.class),
        row.get(1, String.class),
        row.get(2, String.class),
        row.get(3, String.class),
        row.get(4, String.class),
        row.get(5, String.class));
  }

  /// Deletes what was decided about a claim: the inputs name the person.
  public void delete(UUID claim) {
    var ignored =
        database
            .createNativeQuery("delete from consent_decision where claim_id = :claim")
            .setParameter("claim", claim)
            .executeUpdate();
  }
}
