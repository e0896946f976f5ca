package dev.indelible.trials.result;

import dev.indelible.trials.content.ResultContent.ReportedGiven;
import dev.indelible.trials.outcome.Level;
import dev.indelible.trials.outcome.Outcome;
import dev.indelible.trials.statement.RowFields;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An outcome as it was reported.
@Entity
@Table(name = "reported_outcome")
@SuppressWarnings("NullAway.Init") // Hibernate fills it.
class ReportedOutcome {
  static final String TABLE = "reported_outcome";

  @Id UUID id;

  @Column(name = "result_id")
  UUID resultId;

  long position;

  @Column(name = "element_id")
  @Nullable String elementId;

  String level;
  String measure;
  @Nullable String metric;
  @Nullable String aggregation;

  @Column(name = "time_frame")
  @Nullable String timeFrame;

  @Nullable String description;
  @Nullable String unit;

  @Column(name = "value_summary")
  @Nullable String valueSummary;

  static ReportedOutcome of(UUID resultId, long position, ReportedGiven given) {
    ReportedOutcome row = new ReportedOutcome();
    row.id = UUID.randomUUID();
    row.resultId = resultId;
    row.position = position;
    row.elementId = given.outcomeId();
    row.level = Objects.requireNonNull(given.level());
    row.measure = Objects.requireNonNull(given.measure());
    row.metric = given.metric();
    row.aggregation = given.aggregation();
    row.timeFrame = given.timeFrame();
    row.description = given.description();
    row.unit = given.unit();
    row.valueSummary = given.valueSummary();
    return row;
  }

  ReportedGiven given() {
    return new ReportedGiven(
        elementId, level, measure, metric, aggregation, timeFrame, description, unit, valueSummary);
  }

  /// As the comparison sees it; without a sponsor's id it goes by its place.
  Outcome outcome() {
    String id = elementId == null ? "reported-" + (position + 1) : elementId;
    return new Outcome(
        id,
        elementId != null,
        Level.find(level).orElse(Level.OTHER),
        measure,
        metric,
        aggregation,
        timeFrame);
  }

  void putInto(RowFields fields) {
    fields
        .put("id", id)
        .put("result_id", resultId)
        .put("position", (Long) position)
        .put("element_id", elementId)
        .put("level", level)
        .put("measure", measure)
        .put("metric", metric)
        .put("aggregation", aggregation)
        .put("time_frame", timeFrame)
        .put("description", description)
        .put("unit", unit)
        .put("value_summary", valueSummary);
  }
}
