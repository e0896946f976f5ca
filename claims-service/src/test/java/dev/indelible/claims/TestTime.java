package dev.indelible.claims;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// The clock of the service under test: the machine's, but as far ahead as a test says.
@Singleton
public class TestTime extends Clock {
  private volatile Duration ahead = Duration.ZERO;

  /// Goes on to the first second of the next hour.
  void nextHour() {
    Instant next = instant().truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
    ahead = ahead.plus(Duration.between(instant(), next)).plusSeconds(1);
  }

  @Override
  public Instant instant() {
    return Clock.systemUTC().instant().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
