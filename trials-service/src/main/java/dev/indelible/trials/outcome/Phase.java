package dev.indelible.trials.outcome;

/// When a change happened, seen from the trial.
public enum Phase {
  /// Not after the day of first enrolment.
  W0,
  /// From first enrolment to primary completion.
  W1,
  /// From primary completion to results.
  W2,
  /// After results.
  W3
}
