package dev.indelible.trials.outcome;

/// The numbers of a rule set, all per mille.
///
/// @param sampleSizeChange a planned sample size may change by this much
/// @param enrolledMin enrolled of planned, lower bound
/// @param enrolledMax enrolled of planned, upper bound
/// @param reviewFrom shared words from which two outcomes may be the same
public record Thresholds(int sampleSizeChange, int enrolledMin, int enrolledMax, int reviewFrom) {}
