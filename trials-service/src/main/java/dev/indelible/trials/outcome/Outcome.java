package dev.indelible.trials.outcome;

import org.jspecify.annotations.Nullable;

/// An outcome measure, planned or reported, in the four parts of SPIRIT 2025 item 16: variable,
/// metric, aggregation and time point.
///
/// @param id how it is called; stable across versions when `identified`
/// @param identified whether the sponsor gave the id, as opposed to our numbering
/// @param level primary, secondary or other
/// @param measure the variable
/// @param metric the analysis metric, such as change from baseline
/// @param aggregation how it is summarised, such as mean
/// @param timeFrame when it is measured
public record Outcome(
    String id,
    boolean identified,
    Level level,
    String measure,
    @Nullable String metric,
    @Nullable String aggregation,
    @Nullable String timeFrame) {

  boolean isPrimary() {
    return level == Level.PRIMARY;
  }

  /// The same outcome under the id that a plan gives it.
  Outcome called(String plannedId) {
    return new Outcome(plannedId, true, level, measure, metric, aggregation, timeFrame);
  }

  /// One line for people.
  String words() {
    return timeFrame == null ? measure : measure + " [" + timeFrame + "]";
  }
}
