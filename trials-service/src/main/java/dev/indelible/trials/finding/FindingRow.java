package dev.indelible.trials.finding;

import dev.indelible.trials.outcome.Finding;
import dev.indelible.trials.statement.RowFields;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One finding of a report.
@Entity
@Table(name = "finding")
@SuppressWarnings("NullAway.Init") // Hibernate fills it.
class FindingRow {
  static final String TABLE = "finding";

  @Id UUID id;

  @Column(name = "report_id")
  UUID reportId;

  long position;
  String code;

  @Column(name = "element_id")
  String elementId;

  String declaration;

  @Column(name = "declared_by")
  @Nullable UUID declaredBy;

  String phase;
  String severity;
  String rule;

  @Column(name = "before_text")
  @Nullable String beforeText;

  @Column(name = "after_text")
  @Nullable String afterText;

  static FindingRow of(UUID reportId, long position, Finding finding) {
    FindingRow row = new FindingRow();
    row.id = UUID.randomUUID();
    row.reportId = reportId;
    row.position = position;
    row.code = finding.change().code().name();
    row.elementId = finding.change().elementId();
    row.declaration = finding.declaration().name();
    row.declaredBy = finding.declaredBy();
    row.phase = finding.when().text();
    row.severity = finding.severity().name();
    row.rule = finding.rule();
    row.beforeText = finding.change().before();
    row.afterText = finding.change().after();
    return row;
  }

  void putInto(RowFields fields) {
    fields
        .put("id", id)
        .put("report_id", reportId)
        .put("position", (Long) position)
        .put("code", code)
        .put("element_id", elementId)
        .put("declaration", declaration)
        .put("declared_by", declaredBy)
        .put("phase", phase)
        .put("severity", severity)
        .put("rule", rule)
        .put("before_text", beforeText)
        .put("after_text", afterText);
  }
}
