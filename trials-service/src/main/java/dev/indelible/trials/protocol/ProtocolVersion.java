package dev.indelible.trials.protocol;

import dev.indelible.trials.content.ProtocolContent;
import dev.indelible.trials.content.ProtocolContent.Count;
import dev.indelible.trials.content.ProtocolContent.DateGiven;
import dev.indelible.trials.statement.RowFields;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One version of a protocol. Written once; an amendment makes the next.
@Entity
@Table(name = "protocol_version")
@SuppressWarnings("NullAway.Init") // Hibernate fills it.
class ProtocolVersion {
  static final String TABLE = "protocol_version";

  @Id UUID id;

  @Column(name = "protocol_id")
  UUID protocolId;

  String organisation;
  long number;

  @Column(name = "previous_version_id")
  @Nullable UUID previousVersionId;

  String source;

  @Column(name = "submitted_by")
  String submittedBy;

  @Column(name = "received_at")
  String receivedAt;

  @Column(name = "sponsor_protocol_number")
  @Nullable String sponsorProtocolNumber;

  @Column(name = "public_title")
  String publicTitle;

  @Column(name = "scientific_title")
  @Nullable String scientificTitle;

  @Column(name = "sponsor_name")
  String sponsorName;

  @Column(name = "study_type")
  String studyType;

  @Nullable String phase;

  @Column(name = "start_date")
  @Nullable String startDate;

  @Column(name = "start_date_type")
  @Nullable String startDateType;

  @Column(name = "primary_completion_date")
  @Nullable String primaryCompletionDate;

  @Column(name = "primary_completion_date_type")
  @Nullable String primaryCompletionDateType;

  @Column(name = "completion_date")
  @Nullable String completionDate;

  @Column(name = "completion_date_type")
  @Nullable String completionDateType;

  @Column(name = "sample_size")
  @Nullable Long sampleSize;

  @Column(name = "sample_size_type")
  @Nullable String sampleSizeType;

  ProtocolVersion() {}

  /// Takes over content that the rules have passed.
  void describe(ProtocolContent content) {
    sponsorProtocolNumber = content.sponsorProtocolNumber();
    publicTitle = Objects.requireNonNull(content.publicTitle());
    scientificTitle = content.scientificTitle();
    sponsorName = Objects.requireNonNull(content.sponsorName());
    studyType = Objects.requireNonNull(content.studyType());
    phase = content.phase();
    startDate = date(content.startDate());
    startDateType = type(content.startDate());
    primaryCompletionDate = date(content.primaryCompletionDate());
    primaryCompletionDateType = type(content.primaryCompletionDate());
    completionDate = date(content.completionDate());
    completionDateType = type(content.completionDate());
    Count size = content.sampleSize();
    sampleSize = size == null ? null : size.count();
    sampleSizeType = size == null ? null : size.type();
  }

  private static @Nullable String date(@Nullable DateGiven given) {
    return given == null ? null : given.date();
  }

  private static @Nullable String type(@Nullable DateGiven given) {
    return given == null ? null : given.type();
  }

  void putInto(RowFields fields) {
    fields
        .put("id", id)
        .put("protocol_id", protocolId)
        .put("organisation", organisation)
        .put("number", (Long) number)
        .put("previous_version_id", previousVersionId)
        .put("source", source)
        .put("submitted_by", submittedBy)
        .put("received_at", receivedAt)
        .put("sponsor_protocol_number", sponsorProtocolNumber)
        .put("public_title", publicTitle)
        .put("scientific_title", scientificTitle)
        .put("sponsor_name", sponsorName)
        .put("study_type", studyType)
        .put("phase", phase)
        .put("start_date", startDate)
        .put("start_date_type", startDateType)
        .put("primary_completion_date", primaryCompletionDate)
        .put("primary_completion_date_type", primaryCompletionDateType)
        .put("completion_date", completionDate)
        .put("completion_date_type", completionDateType)
        .put("sample_size", sampleSize)
        .put("sample_size_type", sampleSizeType);
  }
}
