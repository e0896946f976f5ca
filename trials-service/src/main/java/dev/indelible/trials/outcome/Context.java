package dev.indelible.trials.outcome;

/// In which document a change shows.
public enum Context {
  AMENDMENT,
  RESULTS
}
