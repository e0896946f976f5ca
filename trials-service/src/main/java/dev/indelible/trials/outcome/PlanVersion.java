package dev.indelible.trials.outcome;

import dev.indelible.trials.date.PartialDate;
import dev.indelible.trials.date.TrialDate;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One protocol version as the comparison sees it.
///
/// @param id the version's id, which is also its statement's
/// @param number 1 for the registration, without gaps
/// @param received the day we received it
/// @param plan what it promises
/// @param primaryCompletion the date it gives for that
/// @param amendedElements the elements that its amendment names, each with a reason
/// @param approved the amendment's approval date
public record PlanVersion(
    UUID id,
    long number,
    LocalDate received,
    Plan plan,
    @Nullable TrialDate primaryCompletion,
    Set<String> amendedElements,
    Optional<PartialDate> approved) {
  public PlanVersion {
    amendedElements = Set.copyOf(amendedElements);
  }

  /// Whether the amendment names the element and was approved by the time it got here.
  boolean declares(String elementId) {
    return amendedElements.contains(elementId)
        && approved.filter(date -> !date.first().isAfter(received)).isPresent();
  }
}
