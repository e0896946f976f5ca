package dev.indelible.kit;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/// The time of the tests, which have it as a number in annotations.
class StoppedClock {
  static final long SECONDS = 1_800_000_000;

  @Produces
  @Singleton
  static Clock stopped() {
    return Clock.fixed(Instant.ofEpochSecond(SECONDS), ZoneOffset.UTC);
  }
}
