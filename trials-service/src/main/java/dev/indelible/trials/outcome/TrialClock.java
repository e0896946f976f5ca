package dev.indelible.trials.outcome;

import dev.indelible.trials.date.PartialDate;
import java.time.LocalDate;
import java.util.Optional;

/// Tells the phase of a day from the trial's earliest recorded dates. Three-valued: a day inside a
/// month that is all we know of a date is on neither side of it.
///
/// @param start first enrolment; unknown counts as past
/// @param primaryCompletion when the last primary outcome was measured; unknown counts as ahead
/// @param results when the first results were received
public record TrialClock(
    Optional<PartialDate> start,
    Optional<PartialDate> primaryCompletion,
    Optional<LocalDate> results) {

  /// The phase of a change received on `day`.
  public When when(LocalDate day) {
    if (results.filter(day::isAfter).isPresent()) {
      return When.in(Phase.W3);
    }
    return new When(
        phase(surelyAfter(start, day, true), surelyAfter(primaryCompletion, day, false)),
        phase(maybeAfter(start, day, true), maybeAfter(primaryCompletion, day, false)));
  }

  private static Phase phase(boolean afterStart, boolean afterCompletion) {
    if (afterCompletion) {
      return Phase.W2;
    }
    return afterStart ? Phase.W1 : Phase.W0;
  }

  private static boolean surelyAfter(Optional<PartialDate> date, LocalDate day, boolean unknown) {
    return date.map(known -> day.isAfter(known.last())).orElse(unknown);
  }

  private static boolean maybeAfter(Optional<PartialDate> date, LocalDate day, boolean unknown) {
    return date.map(known -> day.isAfter(known.first())).orElse(unknown);
  }
}
