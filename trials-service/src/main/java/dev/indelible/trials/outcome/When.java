package dev.indelible.trials.outcome;

/// The phases in which a change may have happened: one when the dates tell, more when a date is
/// known only to the month.
///
/// @param earliest the earliest possible phase
/// @param latest the latest possible phase
public record When(Phase earliest, Phase latest) {
  /// A phase that is certain.
  public static When in(Phase phase) {
    return new When(phase, phase);
  }

  /// `W1`, or `W0..W1` when the dates do not tell.
  public String text() {
    return earliest == latest ? earliest.name() : earliest + ".." + latest;
  }
}
