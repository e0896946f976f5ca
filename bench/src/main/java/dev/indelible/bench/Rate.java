package dev.indelible.bench;

import java.time.Duration;
import java.util.Arrays;

/// How often something can be done in a second: the median of several rounds after a warm-up.
///
/// @param perSecond operations per second
record Rate(double perSecond) {
  private static final int ROUNDS = 5;
  private static final Duration ROUND = Duration.ofMillis(400);

  /// Measures one operation on one thread.
  static Rate of(Runnable operation) {
    round(operation);
    round(operation);
    double[] rates = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      rates[i] = round(operation);
    }
    Arrays.sort(rates);
    return new Rate(rates[ROUNDS / 2]);
  }

  private static double round(Runnable operation) {
    long start = System.nanoTime();
    long end = start + ROUND.toNanos();
    long count = 0;
    while (System.nanoTime() < end) {
      operation.run();
      count++;
    }
    return count * 1e9 / (System.nanoTime() - start);
  }
}
