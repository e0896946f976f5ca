package dev.indelible.kit.quota;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A bucket for each name that fills at the same rate and holds a few seconds of it (token bucket).
/// Names are those of organisations and subjects that Keycloak knows, so there are as many buckets
/// as callers at most; full ones are forgotten when there are many.
public final class Allowances {
  private static final int MANY = 10_000;
  private static final long LONGEST_MILLIS = 3_600_000;

  private final long perSecond;
  private final long mostThousandths;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  /// What is left at some moment, in thousandths of a unit.
  ///
  /// @param given whether who asked last was given something
  private record Bucket(long thousandths, Instant at, boolean given) {}

  /// @param perSecond units that a bucket gains in a second
  /// @param burst how long a bucket gains before it is full
  public Allowances(long perSecond, Duration burst) {
    this.perSecond = perSecond;
    this.mostThousandths = perSecond * burst.toMillis();
  }

  /// Takes units out of a bucket. It may go below empty once, or what is larger than a full one
  /// could never be taken.
  ///
  /// @return false when the bucket is empty, and nothing is taken
  public boolean take(String name, long units, Instant now) {
    if (buckets.size() > MANY) {
      var _ = buckets.values().removeIf(bucket -> filled(bucket, now) == mostThousandths);
    }
    return buckets
        .compute(
            name,
            (key, before) -> {
              long left = before == null ? mostThousandths : filled(before, now);
              return new Bucket(left > 0 ? left - 1_000 * units : left, now, left > 0);
            })
        .given();
  }

  /// A unit a second is a thousandth of one a millisecond.
  private long filled(Bucket bucket, Instant now) {
    long millis = Math.clamp(Duration.between(bucket.at(), now).toMillis(), 0, LONGEST_MILLIS);
    return Math.min(mostThousandths, bucket.thousandths() + millis * perSecond);
  }
}
