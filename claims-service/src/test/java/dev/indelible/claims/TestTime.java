package dev.indelible.claims;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// The clock of the service under test, and of whoever signs in to it: the machine's, but ahead of
/// it. It starts at the first second of an hour, so that none ends, and no statement of accesses is
/// made, before a test says so.
@Singleton
public class TestTime extends Clock {
  private static volatile Duration ahead = untilNextHour(Clock.systemUTC().instant());

  /// Goes on to the first second of the next hour.
  void nextHour() {
    ahead = ahead.plus(untilNextHour(now()));
  }

  private static Duration untilNextHour(Instant now) {
    Instant next = now.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
    return Duration.between(now, next).plusSeconds(1);
  }

  /// The present moment of the service under test.
  static Instant now() {
    return Clock.systemUTC().instant().plus(ahead);
  }

  @Override
  public Instant instant() {
    return now();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.offset(Clock.system(zone), ahead);
  }
}
