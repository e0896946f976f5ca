package dev.indelible.trials.outcome;

/// How grave a finding is.
public enum Severity {
  CRITICAL,
  HIGH,
  MEDIUM,
  LOW,
  INFO,
  /// The rules cannot decide on the facts that are recorded.
  NEEDS_REVIEW
}
