package dev.indelible.claims.adjudication;

import dev.indelible.claims.TracedRow;
import dev.indelible.claims.adjudication.LineDecision.Amounts;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/// What was decided on one line.
@Entity
@Immutable
@Table(name = DecisionLineRow.TABLE)
class DecisionLineRow {
  static final String TABLE = "decision_line";

  @Id UUID id;

  @Column(name = "decision_id")
  UUID decisionId;

  Integer ordinal;

  @Column(name = "line_sequence")
  Integer line;

  String rule;

  @Column(name = "billed_minor")
  Long billedMinor;

  @Column(name = "allowed_minor")
  Long allowedMinor;

  @Column(name = "paid_minor")
  Long paidMinor;

  @Column(name = "contractual_minor")
  Long contractualMinor;

  @Column(name = "patient_minor")
  Long patientMinor;

  @Column(name = "denied_minor")
  Long deniedMinor;

  /// For the persistence provider, which fills the fields.
  @SuppressWarnings("NullAway.Init")
  DecisionLineRow() {}

  static DecisionLineRow of(UUID decision, int ordinal, LineDecision content) {
    DecisionLineRow line = new DecisionLineRow();
    line.id = UUID.randomUUID();
    line.decisionId = decision;
    line.ordinal = ordinal;
    line.line = content.line();
    line.rule = content.rule();
    Amounts amounts = content.amounts();
    line.billedMinor = amounts.billed();
    line.allowedMinor = amounts.allowed();
    line.paidMinor = amounts.paid();
    line.contractualMinor = amounts.contractual();
    line.patientMinor = amounts.patient();
    line.deniedMinor = amounts.denied();
    return line;
  }

  LineDecision content() {
    return new LineDecision(
        line,
        rule,
        new Amounts(
            billedMinor, allowedMinor, paidMinor, contractualMinor, patientMinor, deniedMinor));
  }

  TracedRow row() {
    return TracedRow.of(TABLE, id)
        .column("decision_id", decisionId)
        .column("ordinal", ordinal)
        .column("line_sequence", line)
        .column("rule", rule)
        .column("billed_minor", billedMinor)
        .column("allowed_minor", allowedMinor)
        .column("paid_minor", paidMinor)
        .column("contractual_minor", contractualMinor)
        .column("patient_minor", patientMinor)
        .column("denied_minor", deniedMinor);
  }
}
