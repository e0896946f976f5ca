package dev.indelible.trials.outcome;

import dev.indelible.trials.date.PartialDate;
import java.util.List;
import java.util.Optional;

/// The version that results are held against: the last one received before first enrolment.
///
/// @param version the frozen version
/// @param state whether it was really there before enrolment
public record Baseline(PlanVersion version, State state) {
  /// How sure it is that the baseline came first.
  public enum State {
    /// It was received not later than the day of first enrolment.
    FROZEN,
    /// The trial was registered after it had begun; its first version has to do.
    LATE_BASELINE,
    /// The start is unknown, or known only to the month of registration.
    UNDECIDABLE
  }

  /// Freezes the baseline.
  ///
  /// @param history all versions, oldest first, at least one
  /// @param start first enrolment, as first recorded
  static Baseline of(List<PlanVersion> history, Optional<PartialDate> start) {
    PlanVersion first = history.getFirst();
    if (start.isEmpty()) {
      return new Baseline(first, State.UNDECIDABLE);
    }
    PartialDate enrolment = start.get();
    return history.stream()
        .filter(version -> !version.received().isAfter(enrolment.first()))
        .reduce((earlier, later) -> later)
        .map(frozen -> new Baseline(frozen, State.FROZEN))
        .orElseGet(() -> new Baseline(first, late(first, enrolment)));
  }

  private static State late(PlanVersion first, PartialDate enrolment) {
    boolean surely = first.received().isAfter(enrolment.last());
    return surely ? State.LATE_BASELINE : State.UNDECIDABLE;
  }
}
