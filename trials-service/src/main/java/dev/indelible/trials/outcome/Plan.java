package dev.indelible.trials.outcome;

import dev.indelible.trials.date.TrialDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a protocol version promises, as far as the comparison looks at it.
///
/// @param outcomes in document order
/// @param sampleSize how many participants
/// @param start first enrolment
public record Plan(List<Outcome> outcomes, @Nullable Long sampleSize, @Nullable TrialDate start) {
  public Plan {
    outcomes = List.copyOf(outcomes);
  }
}
