package dev.indelible.trials.content;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.indelible.trials.content.ProtocolContent.DateGiven;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Results as they are submitted and as they are read back.
///
/// @param protocolVersion id of the protocol version that the results cite
/// @param correctionReason why, when results were submitted before
/// @param startDate first enrolment, as it was
/// @param primaryCompletionDate last measurement of a primary outcome, as it was
/// @param enrolled how many participants there were
/// @param outcomes what was measured
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ResultContent(
    @Nullable String protocolVersion,
    @Nullable String correctionReason,
    @Nullable DateGiven startDate,
    @Nullable DateGiven primaryCompletionDate,
    @Nullable Long enrolled,
    List<ReportedGiven> outcomes) {
  @SuppressWarnings("NullAway") // Jackson passes null for an absent list.
  public ResultContent {
    outcomes = outcomes == null ? List.of() : List.copyOf(outcomes);
  }

  /// A reported outcome.
  ///
  /// @param outcomeId id of the planned outcome it reports; absent when it was not planned, or when
  ///   the text has to tell
  /// @param level `primary`, `secondary` or `other`
  /// @param measure the variable
  /// @param metric such as change from baseline
  /// @param aggregation such as mean
  /// @param timeFrame when it was measured
  /// @param description anything else
  /// @param unit unit of measure
  /// @param valueSummary the values, a line for each
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ReportedGiven(
      @Nullable String outcomeId,
      @Nullable String level,
      @Nullable String measure,
      @Nullable String metric,
      @Nullable String aggregation,
      @JsonAlias("timePoint") @Nullable String timeFrame,
      @Nullable String description,
      @Nullable String unit,
      @Nullable String valueSummary) {}
}
