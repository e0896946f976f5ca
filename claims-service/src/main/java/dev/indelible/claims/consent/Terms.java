package dev.indelible.claims.consent;

import dev.indelible.claims.Moment;
import dev.indelible.claims.submission.ElementChecks;
import dev.indelible.kit.problem.Rejection;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a grant says, checked. Moments are in the spelling of columns.
///
/// @param type `permit` or `deny`
/// @param recipient alias of the organisation
/// @param purpose code of HL7 v3 PurposeOfUse
/// @param from first moment
/// @param until first moment after
/// @param recordsFrom of the claims' submission
/// @param recordsUntil both or neither
record Terms(
    String type,
    String recipient,
    String purpose,
    String from,
    String until,
    @Nullable String recordsFrom,
    @Nullable String recordsUntil) {
  private static final Set<String> TYPES = Set.of("permit", "deny");

  /// Columns have four digits for a year.
  private static final int LAST_YEAR = 9999;

  /// Checks a request.
  ///
  /// @throws Rejection naming every element that is wrong
  static Terms of(GrantRequest request, Set<String> recipients, Set<String> purposes, Instant now) {
    ElementChecks checks = new ElementChecks();
    String type = request.type() == null ? "permit" : request.type();
    checks.oneOf("/type", type, TYPES);
    checks.oneOf("/recipient", request.recipient(), recipients);
    checks.oneOf("/purpose", request.purpose(), purposes);
    String present = Moment.text(now);
    String from = request.from() == null ? present : moment(checks, "/from", request.from());
    String until = moment(checks, "/until", request.until());
    order(checks, "/until", from != null && from.compareTo(present) > 0 ? from : present, until);
    GrantRequest.Records records = request.records();
    String recordsFrom = records == null ? null : moment(checks, "/records/from", records.from());
    String recordsUntil =
        records == null ? null : moment(checks, "/records/until", records.until());
    order(checks, "/records/until", recordsFrom, recordsUntil);
    checks.requireNone();
    return new Terms(
        type,
        String.valueOf(request.recipient()),
        String.valueOf(request.purpose()),
        String.valueOf(from),
        String.valueOf(until),
        recordsFrom,
        recordsUntil);
  }

  private static @Nullable String moment(ElementChecks checks, String at, @Nullable String text) {
    if (text == null) {
      checks.add(at, "is required");
      return null;
    }
    try {
      OffsetDateTime moment = OffsetDateTime.parse(text);
      if (moment.getYear() > 0 && moment.getYear() < LAST_YEAR) {
        return Moment.text(moment.toInstant());
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    checks.add(at, "is not a moment with time and offset (2026-03-14T10:00:00Z)");
    return null;
  }

  private static void order(
      ElementChecks checks, String at, @Nullable String from, @Nullable String until) {
    if (from != null && until != null && until.compareTo(from) <= 0) {
      checks.add(at, "is not after the beginning, or is over");
    }
  }
}
