package dev.indelible.ledger.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/// How often what goes wrong. Every seed has a weather of its own: with all faults at their highest
/// rates nothing would ever get done, and with one rate for all seeds some combinations would never
/// be seen.
final class Faults {
  private static final int[] ONE_IN = {8, 30, 100, 400, 100_000};
  private static final int[] STANDBY_ONE_IN = {2, 4, 10, 25};

  private final SplittableRandom random;
  private final int[] oneIn = new int[Kind.values().length];
  private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
  private final int standbyOneIn;
  private boolean calm;

  /// What goes wrong.
  enum Kind {
    /// The request does not get through.
    REFUSED,
    /// The process dies before it sends the request.
    DIES_BEFORE,
    /// The process dies before it hears the answer.
    DIES_AFTER,
    /// The request is carried out, the answer is lost.
    ANSWER_LOST,
    /// The request is on its way for so long that the caller gives up; then it arrives.
    LATE,
    /// The request is carried out, and arrives once more later.
    REPEATED,
    /// The process stands still for longer than its lease.
    STALLS,
    /// The database server dies while it commits.
    SERVER_DIES,
    /// The lease is given to somebody although it is not over.
    LEASE_WRONG,
    /// A wait for the standby is cancelled.
    CANCELLED,
    FAILOVER,
    /// The standby is promoted while it lacks something that others can see.
    LOSSY_FAILOVER,
    PRIMARY_RESTARTS,
    STANDBY_RESTARTS,
    DISK_LIES,
    LINK_SWITCHES,
    /// A process's clock jumps.
    CLOCK_JUMPS
  }

  Faults(SplittableRandom random) {
    this.random = random;
    for (Kind kind : Kind.values()) {
      oneIn[kind.ordinal()] = ONE_IN[random.nextInt(ONE_IN.length)] * rarity(kind);
    }
    standbyOneIn = STANDBY_ONE_IN[random.nextInt(STANDBY_ONE_IN.length)];
  }

  /// What may happen at every scheduling point, and not with a call, has to happen less often.
  private static int rarity(Kind kind) {
    return switch (kind) {
      case CANCELLED -> 2;
      case LOSSY_FAILOVER -> 3;
      case FAILOVER, LINK_SWITCHES -> 6;
      case PRIMARY_RESTARTS, STANDBY_RESTARTS, DISK_LIES, CLOCK_JUMPS -> 8;
      default -> 1;
    };
  }

  /// Whether the standby receives something now.
  boolean standbyReceives() {
    return random.nextInt(calm ? STANDBY_ONE_IN[0] : standbyOneIn) == 0;
  }

  /// Whether this goes wrong now.
  boolean happens(Kind kind) {
    boolean happens = !calm && random.nextInt(oneIn[kind.ordinal()]) == 0;
    if (happens) {
      counts.merge(kind, 1, Integer::sum);
    }
    return happens;
  }

  /// How often each has happened.
  Map<Kind, Integer> counts() {
    return counts;
  }

  /// From now on nothing goes wrong.
  void stop() {
    calm = true;
  }
}
