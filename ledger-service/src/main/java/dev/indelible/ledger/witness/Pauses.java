package dev.indelible.ledger.witness;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before a witness is asked again that did not answer: twice as long each time,
/// up to a limit, and of that a random part of at least a half, so that logs do not call in step.
/// For one thread.
final class Pauses {
  static final Duration FIRST = Duration.ofMillis(200);

  private final Duration longest;
  private final RandomGenerator random;
  private Duration most;

  Pauses(Duration longest, RandomGenerator random) {
    this.longest = longest;
    this.random = random;
    this.most = shorter(FIRST, longest);
  }

  /// The next one.
  Duration next() {
    long millis = most.toMillis();
    most = shorter(most.multipliedBy(2), longest);
    return Duration.ofMillis(random.nextLong(millis / 2, millis + 1));
  }

  /// It has answered: the next pause is a first one.
  void reset() {
    most = shorter(FIRST, longest);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
