package dev.indelible.witness.tiles;

import java.time.Duration;
import java.util.function.LongSupplier;

/// How fast a check may go, so that it disturbs nobody.
public interface Pace {
  /// As fast as possible.
  Pace UNBOUNDED = entries -> {};

  /// Waits until this many more entries are allowed.
  void spend(long entries) throws InterruptedException;

  /// At most so many entries a second on average since the first.
  ///
  /// @param nanos a clock that only goes forward, such as `System::nanoTime`
  static Pace of(long entriesPerSecond, LongSupplier nanos, Patience.Sleeper sleeper) {
    long start = nanos.getAsLong();
    long[] spent = {0};
    return entries -> {
      double due = spent[0] * 1e9 / entriesPerSecond - (nanos.getAsLong() - start);
      if (due > 0) {
        sleeper.sleep(Duration.ofNanos((long) due));
      }
      spent[0] += entries;
    };
  }
}
