package dev.indelible.ledger.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// A machine's clock: the simulation's time, and how far it is wrong.
final class SimulatedClock extends Clock {
  private static final Instant BEGINNING = Instant.parse("2026-11-21T00:00:00Z");

  private final Baton baton;
  private Duration wrong = Duration.ZERO;

  SimulatedClock(Baton baton) {
    this.baton = baton;
  }

  /// From now on it is wrong by this much.
  void jump(Duration by) {
    wrong = by;
  }

  @Override
  public Instant instant() {
    return BEGINNING.plusMillis(baton.now()).plus(wrong);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
