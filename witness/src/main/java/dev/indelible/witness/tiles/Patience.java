package dev.indelible.witness.tiles;

import java.time.Duration;

/// How often and how patiently a log is asked again.
///
/// @param attempts at least 1
/// @param firstPause before the second attempt; doubled before each later one
/// @param timeout of one attempt
/// @param sleeper how to wait
public record Patience(int attempts, Duration firstPause, Duration timeout, Sleeper sleeper) {
  /// Waits; `Thread::sleep` outside of tests.
  @FunctionalInterface
  public interface Sleeper {
    /// Returns after about this time.
    void sleep(Duration time) throws InterruptedException;
  }

  /// Four attempts within about four seconds of waiting.
  public static final Patience USUAL =
      new Patience(4, Duration.ofMillis(500), Duration.ofSeconds(30), Thread::sleep);

  /// Waits before attempt `number`, counted from 0.
  void before(int number) throws InterruptedException {
    if (number > 0) {
      sleeper.sleep(firstPause.multipliedBy(1L << (number - 1)));
    }
  }
}
