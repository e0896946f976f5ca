package dev.indelible.trials.outcome;

import org.jspecify.annotations.Nullable;

/// One change between a plan and a later text.
///
/// @param code what kind
/// @param elementId the outcome's id, or `sampleSize`, or `startDate`
/// @param before what was planned
/// @param after what it became
public record Change(
    ChangeCode code, String elementId, @Nullable String before, @Nullable String after) {

  /// The element id of the planned sample size.
  public static final String SAMPLE_SIZE = "sampleSize";

  /// The element id of the date of first enrolment.
  public static final String START_DATE = "startDate";
}
