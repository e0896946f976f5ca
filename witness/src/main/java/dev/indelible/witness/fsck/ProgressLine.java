package dev.indelible.witness.fsck;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/// Says now and then how far a check is.
final class ProgressLine {
  private static final long EVERY = Duration.ofSeconds(2).toNanos();

  private final PrintStream err;
  private final LongSupplier nanos;
  private final long start;
  private long said;
  private long first = -1;

  /// @param nanos a clock that only goes forward
  ProgressLine(PrintStream err, LongSupplier nanos) {
    this.err = err;
    this.nanos = nanos;
    this.start = nanos.getAsLong();
    this.said = start;
  }

  void begins(long from) {
    first = from;
  }

  /// @param end one past the last leaf that was looked at
  /// @param goal one past the last that will be
  void reached(long end, long goal) {
    long now = nanos.getAsLong();
    if (now - said >= EVERY) {
      said = now;
      double perSecond = (end - first) * 1e9 / (now - start);
      err.printf(Locale.ROOT, "  %,d of %,d entries, %,.0f a second%n", end, goal, perSecond);
    }
  }
}
