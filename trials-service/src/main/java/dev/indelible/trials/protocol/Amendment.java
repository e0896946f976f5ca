package dev.indelible.trials.protocol;

import dev.indelible.trials.content.AmendmentGiven;
import dev.indelible.trials.statement.RowFields;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.Objects;
import java.util.UUID;

/// Why a protocol version came about; USDM v4 StudyAmendment names.
@Entity
@Table(name = "amendment")
@SuppressWarnings("NullAway.Init") // Hibernate fills it.
class Amendment extends VersionPart {
  String number;
  String summary;

  @Column(name = "primary_reason")
  String primaryReason;

  @Column(name = "approved_on")
  String approvedOn;

  static Amendment of(UUID versionId, AmendmentGiven given) {
    Amendment row = new Amendment();
    row.id = UUID.randomUUID();
    row.versionId = versionId;
    row.number = Objects.requireNonNull(given.number());
    row.summary = Objects.requireNonNull(given.summary());
    row.primaryReason = Objects.requireNonNull(given.primaryReason());
    row.approvedOn = Objects.requireNonNull(given.approvedOn());
    return row;
  }

  @Override
  String table() {
    return "amendment";
  }

  @Override
  String member() {
    return "amendment";
  }

  @Override
  long position() {
    return 0;
  }

  @Override
  void putInto(RowFields fields) {
    super.putInto(fields);
    fields
        .put("number", number)
        .put("summary", summary)
        .put("primary_reason", primaryReason)
        .put("approved_on", approvedOn);
  }
}
