package dev.indelible.claims.consent;

import dev.indelible.anchoring.Bytes;
import dev.indelible.anchoring.encryption.DataKey;
import dev.indelible.anchoring.encryption.RecordKeys;
import dev.indelible.claims.Cursor;
import dev.indelible.claims.EncryptedRow;
import dev.indelible.claims.submission.FiledClaim;
import dev.indelible.consent.ConsentRules;
import dev.indelible.consent.DecisionDocument;
import dev.indelible.consent.Inputs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Every answer to the question whether a grant opens a claim, with all that is needed to ask it
/// again offline but the rule file. The documents are encrypted under the key of the claim's
/// record: the inputs name the patient, and by the decision's hash of them the patient's number
/// could be guessed.
@ApplicationScoped
public class ConsentDecisions {
  static final String TABLE = "consent_decision";

  private final EntityManager database;
  private final RecordKeys keys;

  @Inject
  ConsentDecisions(EntityManager database, RecordKeys keys) {
    this.database = database;
    this.keys = keys;
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

  void store(FiledClaim claim, Inputs inputs, ConsentRules rules, DecisionDocument document) {
    DataKey key = keys.of(claim.record(), claim.organisation());
    EncryptedRow cells = new EncryptedRow(TABLE, UUID.randomUUID(), Optional.of(key));
    var stored =
        database
            .createNativeQuery(
                """
                insert into consent_decision (id, claim_id, organisation, decided_at, verdict,
                  rule_set_sha256, document, inputs)
                values (:id, :claim, :organisation, :at, :verdict, :rules, :document, :inputs)
                """)
            .setParameter("id", cells.id())
            .setParameter("claim", claim.id())
            .setParameter("organisation", inputs.request().organisation())
            .setParameter("at", inputs.atTime().text())
            .setParameter("verdict", document.decision().isPermit() ? "permit" : "deny")
            .setParameter("rules", rules.sha256().toHex())
            .setParameter("document", cells.encrypt("document", document.text()).toArray())
            .setParameter("inputs", cells.encrypt("inputs", inputs.text()).toArray())
            .executeUpdate();
    assert stored == 1;
  }

  /// The decisions about a claim that was handed out, after a place in the order in which they were
  /// made.
  public List<Stored> list(FiledClaim claim, Cursor after, int limit) {
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
            .setParameter("claim", claim.id())
            .setParameter("at", after.at())
            .setParameter("id", after.id())
            .setParameter("limit", limit)
            .getResultList();
    Optional<DataKey> key = key(claim.id(), claim.record());
    return rows.stream().map(row -> stored(row, key)).toList();
  }

  private Optional<DataKey> key(UUID claim, UUID record) {
    return Optional.ofNullable(keys.open(Map.of(claim, record)).get(claim));
  }

  private static Stored stored(Tuple row, Optional<DataKey> key) {
    UUID id = row.get(0, UUID.class);
    EncryptedRow cells = new EncryptedRow(TABLE, id, key);
    return new Stored(
        id,
        row.get(1, String.class),
        row.get(2, String.class),
        row.get(3, String.class),
        cells.decrypt("document", Bytes.of(row.get(4, byte[].class))),
        cells.decrypt("inputs", Bytes.of(row.get(5, byte[].class))));
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
