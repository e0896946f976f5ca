package dev.indelible.e2e.crash;

import java.util.concurrent.atomic.AtomicInteger;

/// Called from the instrumented method. On the last count the process ends as by `kill -9`: no
/// shutdown hook, no finally block, no flushed buffer.
public final class Countdown {
  static final AtomicInteger REMAINING = new AtomicInteger();

  private Countdown() {}

  /// Counts one passage.
  public static void pass() {
    if (REMAINING.decrementAndGet() == 0) {
      Runtime.getRuntime().halt(137);
    }
  }
}
