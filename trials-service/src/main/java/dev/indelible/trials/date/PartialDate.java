package dev.indelible.trials.date;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import java.util.regex.Pattern;

/// A calendar date in the precision in which it was given: `2024`, `2024-03` or `2024-03-15`. A
/// month stays a month; it is never taken for its first day.
///
/// @param text the spelling, which is also the stored form
/// @param first the earliest day it can mean
/// @param last the latest day it can mean
public record PartialDate(String text, LocalDate first, LocalDate last) {
  private static final Pattern FORM = Pattern.compile("\\d{4}(-\\d{2}(-\\d{2})?)?");

  /// Reads the text; empty when it is not a date in one of the three forms.
  public static Optional<PartialDate> find(String text) {
    if (!FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static PartialDate parse(String text) {
    return switch (text.length()) {
      case 4 -> {
        LocalDate january = LocalDate.of(Integer.parseInt(text), 1, 1);
        yield new PartialDate(text, january, january.plusYears(1).minusDays(1));
      }
      case 7 -> {
        YearMonth month = YearMonth.parse(text);
        yield new PartialDate(text, month.atDay(1), month.atEndOfMonth());
      }
      default -> {
        LocalDate day = LocalDate.parse(text);
        yield new PartialDate(text, day, day);
      }
    };
  }

  /// Whether the day is known.
  public boolean isDay() {
    return first.equals(last);
  }
}
