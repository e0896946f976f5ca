package dev.indelible.claims.adjudication;

import dev.indelible.anchoring.Bytes;
import dev.indelible.anchoring.encryption.DataKey;
import dev.indelible.claims.EncryptedRow;
import dev.indelible.claims.TracedRow;
import dev.indelible.claims.adjudication.Decision.Pended;
import dev.indelible.claims.adjudication.Decision.Proposed;
import dev.indelible.claims.adjudication.Decision.Settled;
import dev.indelible.claims.adjudication.LineDecision.Amounts;
import dev.indelible.claims.submission.FiledClaim;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.BatchSize;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/// A decision as it was made: immutable, every column part of its statement.
@Entity
@Immutable
@Table(name = DecisionRow.TABLE)
class DecisionRow {
  static final String TABLE = "decision";

  @Id UUID id;
  UUID record;

  @Column(name = "claim_id")
  UUID claimId;

  String organisation;
  Integer number;
  String outcome;
  String rule;
  Bytes reason;

  @Column(name = "rule_set_sha256")
  String ruleSetSha256;

  @Column(name = "alert_overridden")
  Boolean alertOverridden;

  @Column(name = "decided_by")
  String decidedBy;

  @Column(name = "decided_at")
  String decidedAt;

  @Nullable UUID approves;

  /// What the signer was called, where somebody signed with a passkey; encrypted.
  @Column(name = "signer_name")
  @Nullable Bytes signerName;

  @Nullable String currency;

  @Column(name = "billed_minor")
  @Nullable Long billedMinor;

  @Column(name = "allowed_minor")
  @Nullable Long allowedMinor;

  @Column(name = "paid_minor")
  @Nullable Long paidMinor;

  @Column(name = "contractual_minor")
  @Nullable Long contractualMinor;

  @Column(name = "patient_minor")
  @Nullable Long patientMinor;

  @Column(name = "denied_minor")
  @Nullable Long deniedMinor;

  @OneToMany(cascade = CascadeType.PERSIST)
  @JoinColumn(name = "decision_id", insertable = false, updatable = false)
  @OrderBy("ordinal, id")
  @BatchSize(size = Decisions.PAGE)
  List<DecisionLineRow> lines = new ArrayList<>();

  /// For the persistence provider, which fills the fields.
  @SuppressWarnings("NullAway.Init")
  DecisionRow() {}

  /// Who decided, when, and under what.
  ///
  /// @param number counts the decisions on the claim
  /// @param approves the proposal that it makes effective
  record Circumstances(
      int number,
      String by,
      String at,
      String ruleSetSha256,
      boolean alertOverridden,
      Optional<UUID> approves) {}

  /// @param key under which the reason is encrypted, which may name a person: that of the claim's
  ///   record
  static DecisionRow of(
      FiledClaim claim, Decision decision, Circumstances circumstances, DataKey key) {
    DecisionRow row = new DecisionRow();
    row.id = UUID.randomUUID();
    row.record = claim.record();
    row.claimId = claim.id();
    row.organisation = claim.organisation();
    row.number = circumstances.number();
    row.outcome = decision.outcome();
    row.rule = decision.rule();
    row.reason = row.cells(Optional.of(key)).encrypt("reason", decision.reason());
    row.ruleSetSha256 = circumstances.ruleSetSha256();
    row.alertOverridden = circumstances.alertOverridden();
    row.decidedBy = circumstances.by();
    row.decidedAt = circumstances.at();
    row.approves = circumstances.approves().orElse(null);
    switch (decision) {
      case Settled settled -> row.settle(settled, claim);
      case Pended ignored -> {}
    }
    return row;
  }

  /// Puts in the name of who signs.
  ///
  /// @param key of the claim's record
  void signedBy(String name, DataKey key) {
    signerName = cells(Optional.of(key)).encrypt("signer_name", name);
  }

  /// The name of who signed, or nothing when nobody did.
  ///
  /// @param key of the claim's record; none when it is gone, or damaged
  @Nullable String signer(Optional<DataKey> key) {
    return cells(key).decryptNullable("signer_name", signerName);
  }

  private EncryptedRow cells(Optional<DataKey> key) {
    return new EncryptedRow(TABLE, id, key);
  }

  private void settle(Settled settled, FiledClaim claim) {
    var total = claim.content().total();
    currency = total == null ? null : total.currency();
    Amounts sum =
        settled.lines().stream()
            .map(LineDecision::amounts)
            .reduce(LineDecision.Amounts.NONE, LineDecision.Amounts::plus);
    billedMinor = sum.billed();
    allowedMinor = sum.allowed();
    paidMinor = sum.paid();
    contractualMinor = sum.contractual();
    patientMinor = sum.patient();
    deniedMinor = sum.denied();
    for (int i = 0; i < settled.lines().size(); i++) {
      lines.add(DecisionLineRow.of(id, i, settled.lines().get(i)));
    }
  }

  String reason(Optional<DataKey> key) {
    return cells(key).decrypt("reason", reason);
  }

  boolean isProposal(UUID asked) {
    return outcome.equals(Proposed.OUTCOME) && id.equals(asked);
  }

  /// What a proposal becomes when a second person approves: the same amounts for the same reason.
  ///
  /// @throws IllegalStateException when the reason cannot be read: nobody signs that
  Decision approved(DataKey key) {
    String reason = reason(Optional.of(key));
    if (reason.equals(EncryptedRow.UNREADABLE)) {
      throw new IllegalStateException("cannot be decrypted: the reason of decision " + id);
    }
    return Adjudication.settle(
        lines.stream().map(DecisionLineRow::content).toList(), "second-approval", reason);
  }

  TracedRow row(Optional<DataKey> key) {
    return TracedRow.of(TABLE, id)
        .column("record", record)
        .column("claim_id", claimId)
        .column("organisation", organisation)
        .column("number", number)
        .column("outcome", outcome)
        .column("rule", rule)
        .column("reason", reason(key))
        .column("rule_set_sha256", ruleSetSha256)
        .column("alert_overridden", alertOverridden)
        .column("decided_by", decidedBy)
        .column("decided_at", decidedAt)
        .column("approves", approves)
        .column("signer_name", signer(key))
        .column("currency", currency)
        .column("billed_minor", billedMinor)
        .column("allowed_minor", allowedMinor)
        .column("paid_minor", paidMinor)
        .column("contractual_minor", contractualMinor)
        .column("patient_minor", patientMinor)
        .column("denied_minor", deniedMinor);
  }
}
