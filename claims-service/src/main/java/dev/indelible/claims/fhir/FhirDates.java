package dev.indelible.claims.fhir;

import dev.indelible.claims.Moment;
import dev.indelible.claims.access.AccessFilter.Span;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A search parameter of type `date` (FHIR R4 §3.1.1.4.7): a prefix, and a date that is as long as
/// it is precise. What it is compared with is a moment, so each of these is a span of time.
final class FhirDates {
  private static final Pattern PARAMETER =
      Pattern.compile(
          "(eq|ge|gt|le|lt)?"
              + "([0-9]{4}(?:-[0-9]{2}){0,2}|([0-9-]{10}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]{1,6})?)?)"
              + "(Z|[+-][0-9]{2}:[0-9]{2})?)");

  /// How long `2026-11-27T08:00` is, and `2026-11-27T08:00:00`.
  private static final int MINUTES = 16;

  private static final int SECONDS = 19;

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private FhirDates() {}

  /// A moment to the microsecond is one, a year is all of its moments.
  private record Stretch(Instant first, Instant after) {}

  static Span span(String text) {
    Matcher parts = PARAMETER.matcher(text);
    if (!parts.matches()) {
      throw FhirSearch.refuse(
          "date", "is not a date or time, with eq, ge, gt, le, lt or nothing before it");
    }
    try {
      Stretch said =
          parts.group(3) == null
              ? days(parts.group(2))
              : time(parts.group(3), parts.group(4) == null ? "Z" : parts.group(4));
      return span(parts.group(1) == null ? "eq" : parts.group(1), said);
    } catch (DateTimeException e) {
      throw FhirSearch.refuse("date", "is no day, or no time of one");
    }
  }

  private static Span span(String prefix, Stretch said) {
    if (said.after().isAfter(LAST)) {
      throw new DateTimeException("the text of a later moment is not in the order of time");
    }
    String first = Moment.text(said.first());
    String after = Moment.text(said.after());
    return switch (prefix) {
      case "ge" -> new Span(first, Span.EVER.before());
      case "gt" -> new Span(after, Span.EVER.before());
      case "le" -> new Span(Span.EVER.from(), after);
      case "lt" -> new Span(Span.EVER.from(), first);
      default -> new Span(first, after);
    };
  }

  private static Stretch days(String text) {
    LocalDate first =
        switch (text.length()) {
          case 4 -> Year.parse(text).atDay(1);
          case 7 -> YearMonth.parse(text).atDay(1);
          default -> LocalDate.parse(text);
        };
    LocalDate after =
        switch (text.length()) {
          case 4 -> first.plusYears(1);
          case 7 -> first.plusMonths(1);
          default -> first.plusDays(1);
        };
    return new Stretch(
        first.atStartOfDay().toInstant(ZoneOffset.UTC),
        after.atStartOfDay().toInstant(ZoneOffset.UTC));
  }

  /// @param zone of the server, which is UTC, where the client says none
  private static Stretch time(String text, String zone) {
    Instant first = LocalDateTime.parse(text).toInstant(ZoneOffset.of(zone));
    Duration precision =
        switch (text.length()) {
          case MINUTES -> Duration.ofMinutes(1);
          case SECONDS -> Duration.ofSeconds(1);
          default -> fraction(text.length() - SECONDS - 1);
        };
    return new Stretch(first, first.plus(precision));
  }

  private static Duration fraction(int digits) {
    long units = 1;
    for (int i = 0; i < digits; i++) {
      units *= 10;
    }
    return Duration.ofSeconds(1).dividedBy(units);
  }
}
