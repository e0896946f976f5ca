package dev.indelible.trials.finding;

import dev.indelible.anchoring.LiveStatement;
import dev.indelible.anchoring.TracedStatement;
import dev.indelible.trials.statement.RowFields;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/// A rule set that was in force here, with its text.
@Entity
@Table(name = "rule_set")
@SuppressWarnings("NullAway.Init") // Hibernate fills it.
class RuleSetRow {
  static final String TABLE = "rule_set";

  /// Rules are those of whoever runs the service, not of a tenant.
  static final String ORGANISATION = "indelible";

  @Id UUID id;
  String sha256;
  String name;
  long version;
  String content;

  @Column(name = "adopted_at")
  String adoptedAt;

  TracedStatement statement() {
    TracedStatement.Builder builder = TracedStatement.builder("rule-set.adopted/v1");
    RowFields.of(builder, TABLE, id)
        .put("id", id)
        .put("sha256", sha256)
        .put("name", name)
        .put("version", (Long) version)
        .put("content", content)
        .put("adopted_at", adoptedAt);
    return builder.build();
  }

  LiveStatement live() {
    return new LiveStatement(id, TABLE, id.toString(), ORGANISATION, id, statement());
  }
}
