package dev.indelible.trials.finding;

import dev.indelible.trials.statement.RowFields;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/// What was found about one amendment or one result set.
@Entity
@Table(name = "finding_report")
@SuppressWarnings("NullAway.Init") // Hibernate fills it.
class FindingReport {
  static final String TABLE = "finding_report";

  @Id UUID id;

  @Column(name = "protocol_id")
  UUID protocolId;

  String organisation;

  @Column(name = "subject_kind")
  String subjectKind;

  @Column(name = "subject_id")
  UUID subjectId;

  @Column(name = "baseline_version_id")
  UUID baselineVersionId;

  @Column(name = "baseline_state")
  String baselineState;

  @Column(name = "rule_set_sha256")
  String ruleSetSha256;

  @Column(name = "made_at")
  String madeAt;

  void putInto(RowFields fields) {
    fields
        .put("id", id)
        .put("protocol_id", protocolId)
        .put("organisation", organisation)
        .put("subject_kind", subjectKind)
        .put("subject_id", subjectId)
        .put("baseline_version_id", baselineVersionId)
        .put("baseline_state", baselineState)
        .put("rule_set_sha256", ruleSetSha256)
        .put("made_at", madeAt);
  }
}
