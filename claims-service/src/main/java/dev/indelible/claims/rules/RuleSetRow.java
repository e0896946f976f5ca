package dev.indelible.claims.rules;

import dev.indelible.anchoring.TracedStatement;
import dev.indelible.claims.TracedRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/// A rule file that decisions were made under, by its digest.
@Entity
@Immutable
@Table(name = RuleSetRow.TABLE)
class RuleSetRow {
  static final String TABLE = "rule_set";

  @Id UUID id;
  UUID record;
  String organisation;
  String name;
  String sha256;

  @Column(name = "adopted_at")
  String adoptedAt;

  /// For the persistence provider, which fills the fields.
  @SuppressWarnings("NullAway.Init")
  RuleSetRow() {}

  /// The statement "these rules were adopted".
  TracedStatement statement() {
    TracedStatement.Builder statement = TracedStatement.builder("rule-set.adopted/v1");
    TracedRow.of(TABLE, id)
        .column("record", record)
        .column("organisation", organisation)
        .column("name", name)
        .column("sha256", sha256)
        .column("adopted_at", adoptedAt)
        .into(statement, "");
    return statement.build();
  }
}
