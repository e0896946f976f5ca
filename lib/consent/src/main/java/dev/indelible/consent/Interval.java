package dev.indelible.consent;

/// A time that holds its beginning and not its end, so that of two that meet exactly one holds the
/// moment where they do.
public record Interval(UtcMoment from, UtcMoment until) {
  /// Checks the order.
  ///
  /// @throws IllegalArgumentException when it holds no moment
  public Interval {
    if (from.compareTo(until) >= 0) {
      throw new IllegalArgumentException("the interval ends before it begins");
    }
  }

  /// Whether the moment is in it.
  public boolean contains(UtcMoment moment) {
    return from.compareTo(moment) <= 0 && moment.compareTo(until) < 0;
  }
}
