package dev.indelible.faults.history;

import java.time.Duration;

/// Time that is let pass.
public final class Pause {
  private Pause() {}

  /// Sleeps.
  public static void of(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
