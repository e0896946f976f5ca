package dev.indelible.trials.content;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A protocol as it is submitted and as it is read back.
///
/// @param registryIds under which the trial is known to registries
/// @param sponsorProtocolNumber the sponsor's own number
/// @param publicTitle title for everybody
/// @param scientificTitle title for experts
/// @param sponsorName who is responsible
/// @param studyType `INTERVENTIONAL`, `OBSERVATIONAL` or `EXPANDED_ACCESS`
/// @param phase as ClinicalTrials.gov spells it, two phases joined by a slash
/// @param startDate first enrolment
/// @param primaryCompletionDate last measurement of a primary outcome
/// @param completionDate last measurement of any
/// @param sampleSize how many participants
/// @param outcomes what is measured
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProtocolContent(
    List<RegistryId> registryIds,
    @Nullable String sponsorProtocolNumber,
    @Nullable String publicTitle,
    @Nullable String scientificTitle,
    @Nullable String sponsorName,
    @Nullable String studyType,
    @Nullable String phase,
    @Nullable DateGiven startDate,
    @Nullable DateGiven primaryCompletionDate,
    @Nullable DateGiven completionDate,
    @Nullable Count sampleSize,
    List<OutcomeGiven> outcomes) {
  @SuppressWarnings("NullAway") // Jackson passes null for an absent list.
  public ProtocolContent {
    registryIds = registryIds == null ? List.of() : List.copyOf(registryIds);
    outcomes = outcomes == null ? List.of() : List.copyOf(outcomes);
  }

  /// The same protocol under these registry ids.
  public ProtocolContent registeredAs(List<RegistryId> ids) {
    return new ProtocolContent(
        ids,
        sponsorProtocolNumber,
        publicTitle,
        scientificTitle,
        sponsorName,
        studyType,
        phase,
        startDate,
        primaryCompletionDate,
        completionDate,
        sampleSize,
        outcomes);
  }

  /// A registry's name for a trial.
  ///
  /// @param system which registry, see [RegistrySystem]
  /// @param value as the registry writes it
  public record RegistryId(@Nullable String system, @Nullable String value) {}

  /// A date in its own precision.
  ///
  /// @param date `2024`, `2024-03` or `2024-03-15`
  /// @param type `ACTUAL` or `ESTIMATED`
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record DateGiven(@Nullable String date, @Nullable String type) {}

  /// A number of participants.
  ///
  /// @param type `ACTUAL` or `ESTIMATED`
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Count(@Nullable Long count, @Nullable String type) {}

  /// An outcome measure.
  ///
  /// @param id stable across versions
  /// @param level `primary`, `secondary` or `other`
  /// @param measure the variable
  /// @param metric such as change from baseline
  /// @param aggregation such as mean
  /// @param timeFrame when it is measured
  /// @param description anything else
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record OutcomeGiven(
      @Nullable String id,
      @Nullable String level,
      @Nullable String measure,
      @Nullable String metric,
      @Nullable String aggregation,
      @JsonAlias("timePoint") @Nullable String timeFrame,
      @Nullable String description) {}
}
