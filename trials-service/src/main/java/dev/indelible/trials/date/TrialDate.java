package dev.indelible.trials.date;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A date of a trial that has happened or is planned.
///
/// @param date when
/// @param actual whether it has happened; a date without a type is taken as planned
public record TrialDate(PartialDate date, boolean actual) {
  /// The type of a date that has happened, as ClinicalTrials.gov spells it.
  public static final String ACTUAL = "ACTUAL";

  /// The type of a planned date.
  public static final String ESTIMATED = "ESTIMATED";

  /// Reads the stored or submitted form; empty when there is no date or it is not one.
  public static Optional<TrialDate> find(@Nullable String date, @Nullable String type) {
    return Optional.ofNullable(date)
        .flatMap(PartialDate::find)
        .map(found -> new TrialDate(found, ACTUAL.equals(type)));
  }

  /// The earliest recorded date: of those that have happened, else of those planned. Dates get
  /// edited, so the first word counts.
  public static Optional<PartialDate> earliest(List<TrialDate> recorded) {
    boolean anyActual = recorded.stream().anyMatch(TrialDate::actual);
    return recorded.stream()
        .filter(recordedDate -> recordedDate.actual() == anyActual)
        .map(TrialDate::date)
        .min(Comparator.comparing(PartialDate::first).thenComparing(PartialDate::last));
  }
}
