package dev.indelible.trials.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.indelible.trials.content.AmendmentGiven;
import dev.indelible.trials.content.AmendmentGiven.ChangeGiven;
import dev.indelible.trials.content.ProtocolContent;
import dev.indelible.trials.content.ProtocolContent.Count;
import dev.indelible.trials.content.ProtocolContent.DateGiven;
import dev.indelible.trials.content.ProtocolContent.OutcomeGiven;
import dev.indelible.trials.date.PartialDate;
import dev.indelible.trials.date.TrialDate;
import dev.indelible.trials.outcome.Level;
import dev.indelible.trials.outcome.Outcome;
import dev.indelible.trials.outcome.Plan;
import dev.indelible.trials.outcome.PlanVersion;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A protocol version as others see it.
///
/// @param id the version's own id, which results cite
/// @param protocolId shared by all versions
/// @param organisation who registered it
/// @param number 1 for the registration
/// @param previous id of the version before
/// @param source in which form it came
/// @param receivedAt when it came, UTC
/// @param amendment what made this version
/// @param content the protocol
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VersionView(
    UUID id,
    UUID protocolId,
    String organisation,
    long number,
    @Nullable UUID previous,
    String source,
    String receivedAt,
    @Nullable AmendmentGiven amendment,
    ProtocolContent content) {

  /// The version as the comparison sees it.
  public PlanVersion plan() {
    return new PlanVersion(
        id,
        number,
        day(receivedAt),
        new Plan(outcomes(), size(), date(content.startDate())),
        date(content.primaryCompletionDate()),
        amendedElements(),
        Optional.ofNullable(amendment).map(AmendmentGiven::approvedOn).flatMap(PartialDate::find));
  }

  /// The UTC day of a stored moment.
  public static LocalDate day(String receivedAt) {
    return Instant.parse(receivedAt).atZone(ZoneOffset.UTC).toLocalDate();
  }

  private List<Outcome> outcomes() {
    return content.outcomes().stream().map(VersionView::outcome).toList();
  }

  private static Outcome outcome(OutcomeGiven given) {
    return new Outcome(
        Objects.requireNonNullElse(given.id(), ""),
        true,
        Level.find(Objects.requireNonNullElse(given.level(), "")).orElse(Level.OTHER),
        Objects.requireNonNullElse(given.measure(), ""),
        given.metric(),
        given.aggregation(),
        given.timeFrame());
  }

  private @Nullable Long size() {
    Count size = content.sampleSize();
    return size == null ? null : size.count();
  }

  private static @Nullable TrialDate date(@Nullable DateGiven given) {
    return given == null ? null : TrialDate.find(given.date(), given.type()).orElse(null);
  }

  private Set<String> amendedElements() {
    Set<String> elements = new HashSet<>();
    if (amendment != null) {
      for (ChangeGiven change : amendment.changes()) {
        elements.add(Objects.requireNonNullElse(change.elementId(), ""));
      }
    }
    return elements;
  }
}
