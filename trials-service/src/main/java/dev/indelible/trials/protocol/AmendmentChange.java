package dev.indelible.trials.protocol;

import dev.indelible.trials.content.AmendmentGiven.ChangeGiven;
import dev.indelible.trials.statement.RowFields;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.Objects;
import java.util.UUID;

/// One element that an amendment names, and why; USDM v4 StudyChange.
@Entity
@Table(name = "amendment_change")
@SuppressWarnings("NullAway.Init") // Hibernate fills it.
class AmendmentChange extends VersionPart {
  long position;

  @Column(name = "element_id")
  String elementId;

  String rationale;

  static AmendmentChange of(UUID versionId, long position, ChangeGiven given) {
    AmendmentChange row = new AmendmentChange();
    row.id = UUID.randomUUID();
    row.versionId = versionId;
    row.position = position;
    row.elementId = Objects.requireNonNull(given.elementId());
    row.rationale = Objects.requireNonNull(given.rationale());
    return row;
  }

  @Override
  String table() {
    return "amendment_change";
  }

  @Override
  String member() {
    return "changes";
  }

  @Override
  long position() {
    return position;
  }

  @Override
  void putInto(RowFields fields) {
    super.putInto(fields);
    fields
        .put("position", (Long) position)
        .put("element_id", elementId)
        .put("rationale", rationale);
  }
}
