package dev.indelible.trials.result;

import dev.indelible.trials.content.ProtocolContent.DateGiven;
import dev.indelible.trials.content.ResultContent;
import dev.indelible.trials.statement.RowFields;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One submission of results. Written once; a correction is the next.
@Entity
@Table(name = "result_set")
@SuppressWarnings("NullAway.Init") // Hibernate fills it.
class ResultSet {
  static final String TABLE = "result_set";

  @Id UUID id;

  @Column(name = "protocol_id")
  UUID protocolId;

  String organisation;
  long number;

  @Column(name = "cited_version_id")
  UUID citedVersionId;

  @Column(name = "previous_result_id")
  @Nullable UUID previousResultId;

  @Column(name = "correction_reason")
  @Nullable String correctionReason;

  String source;

  @Column(name = "submitted_by")
  String submittedBy;

  @Column(name = "received_at")
  String receivedAt;

  @Column(name = "start_date")
  @Nullable String startDate;

  @Column(name = "start_date_type")
  @Nullable String startDateType;

  @Column(name = "primary_completion_date")
  @Nullable String primaryCompletionDate;

  @Column(name = "primary_completion_date_type")
  @Nullable String primaryCompletionDateType;

  @Nullable Long enrolled;

  ResultSet() {}

  /// Takes over content that the rules have passed.
  void describe(ResultContent content) {
    DateGiven start = content.startDate();
    startDate = start == null ? null : start.date();
    startDateType = start == null ? null : start.type();
    DateGiven completion = content.primaryCompletionDate();
    primaryCompletionDate = completion == null ? null : completion.date();
    primaryCompletionDateType = completion == null ? null : completion.type();
    correctionReason = content.correctionReason();
    enrolled = content.enrolled();
  }

  @Nullable DateGiven start() {
    return startDate == null ? null : new DateGiven(startDate, startDateType);
  }

  @Nullable DateGiven primaryCompletion() {
    return primaryCompletionDate == null
        ? null
        : new DateGiven(primaryCompletionDate, primaryCompletionDateType);
  }

  void putInto(RowFields fields) {
    fields
        .put("id", id)
        .put("protocol_id", protocolId)
        .put("organisation", organisation)
        .put("number", (Long) number)
        .put("cited_version_id", citedVersionId)
        .put("previous_result_id", previousResultId)
        .put("correction_reason", correctionReason)
        .put("source", source)
        .put("submitted_by", submittedBy)
        .put("received_at", receivedAt)
        .put("start_date", startDate)
        .put("start_date_type", startDateType)
        .put("primary_completion_date", primaryCompletionDate)
        .put("primary_completion_date_type", primaryCompletionDateType)
        .put("enrolled", enrolled);
  }
}
