package dev.indelible.claims;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/// A date as precise as it was written (FHIR R4 `dateTime`): a month-only date is a month, not its
/// first day.
///
/// @param text `2026`, `2026-03`, `2026-03-14` or `2026-03-14T10:00:00+01:00`
public record ClaimDate(String text) {
  private static final int DAY = 10;

  /// Checks the spelling and that the day exists.
  ///
  /// @throws DateTimeException when it does not
  public ClaimDate {
    if (text.length() < 4 || text.charAt(0) == '-' || text.charAt(0) == '+') {
      throw new DateTimeException("not a date");
    }
    TemporalAccessor parsed =
        switch (text.length()) {
          case 4 -> Year.parse(text);
          case 7 -> YearMonth.parse(text);
          case DAY -> LocalDate.parse(text);
          default -> OffsetDateTime.parse(text);
        };
    assert parsed != null;
  }

  /// The date, unless it is none.
  public static Optional<ClaimDate> find(String text) {
    try {
      return Optional.of(new ClaimDate(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /// The day where it happened; a coarser date stays as coarse as it is.
  public String day() {
    return text.substring(0, Math.min(DAY, text.length()));
  }

  /// Whether this is after `other`, as far as both are precise.
  public boolean isAfter(ClaimDate other) {
    int common = Math.min(day().length(), other.day().length());
    return text.substring(0, common).compareTo(other.text.substring(0, common)) > 0;
  }
}
