package dev.indelible.trials.protocol;

import dev.indelible.trials.content.ProtocolContent.OutcomeGiven;
import dev.indelible.trials.statement.RowFields;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An outcome measure that a protocol version promises.
@Entity
@Table(name = "outcome")
@SuppressWarnings("NullAway.Init") // Hibernate fills it.
class PlannedOutcome extends VersionPart {
  long position;

  @Column(name = "element_id")
  String elementId;

  String level;
  String measure;
  @Nullable String metric;
  @Nullable String aggregation;

  @Column(name = "time_frame")
  @Nullable String timeFrame;

  @Nullable String description;

  static PlannedOutcome of(UUID versionId, long position, OutcomeGiven given) {
    PlannedOutcome row = new PlannedOutcome();
    row.id = UUID.randomUUID();
    row.versionId = versionId;
    row.position = position;
    row.elementId = Objects.requireNonNull(given.id());
    row.level = Objects.requireNonNull(given.level());
    row.measure = Objects.requireNonNull(given.measure());
    row.metric = given.metric();
    row.aggregation = given.aggregation();
    row.timeFrame = given.timeFrame();
    row.description = given.description();
    return row;
  }

  OutcomeGiven given() {
    return new OutcomeGiven(elementId, level, measure, metric, aggregation, timeFrame, description);
  }

  @Override
  String table() {
    return "outcome";
  }

  @Override
  String member() {
    return "outcomes";
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
        .put("level", level)
        .put("measure", measure)
        .put("metric", metric)
        .put("aggregation", aggregation)
        .put("time_frame", timeFrame)
        .put("description", description);
  }
}
