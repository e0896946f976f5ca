package dev.indelible.ledger.simulation;

import dev.indelible.ledger.simulation.Faults.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/// What happens to database and machines between the steps of everybody.
final class Weather implements Baton.World {
  private static final int RESTART_ONE_IN = 20;
  private static final int LARGEST_JUMP_SECONDS = 7200;

  private final SplittableRandom random;
  private final Surroundings around;
  private int points;
  private Duration largestJump = Duration.ZERO;

  Weather(SplittableRandom random, Surroundings around) {
    this.random = random;
    this.around = around;
  }

  /// How many scheduling points there were.
  int points() {
    return points;
  }

  /// By how much a clock was ahead at most: when all are right again, it has to be later than that.
  Duration largestJump() {
    return largestJump;
  }

  @Override
  public void happens() {
    points++;
    Cluster cluster = around.cluster();
    if (around.faults().standbyReceives()) {
      tell(cluster.replicate());
    }
    maybe(Kind.CANCELLED, cluster::cancel);
    maybe(cluster.isAhead() ? Kind.LOSSY_FAILOVER : Kind.FAILOVER, cluster::failOver);
    maybe(Kind.PRIMARY_RESTARTS, cluster::restartPrimary);
    maybe(Kind.STANDBY_RESTARTS, cluster::restartStandby);
    maybe(Kind.DISK_LIES, cluster::lie);
    maybe(Kind.LINK_SWITCHES, cluster::switchLink);
    maybe(Kind.CLOCK_JUMPS, this::jump);
    if (random.nextInt(RESTART_ONE_IN) == 0) {
      around.processes().stream()
          .filter(process -> !process.isAlive())
          .forEach(LedgerProcess::start);
    }
  }

  private void maybe(Kind kind, Supplier<Optional<String>> event) {
    if (around.faults().happens(kind)) {
      tell(event.get());
    }
  }

  private void tell(Optional<String> what) {
    what.ifPresent(around.truth()::tell);
  }

  private Optional<String> jump() {
    int seconds = random.nextInt(-LARGEST_JUMP_SECONDS, LARGEST_JUMP_SECONDS);
    Duration by = Duration.ofSeconds(random.nextBoolean() ? seconds : seconds / 1000);
    largestJump = largestJump.compareTo(by) > 0 ? largestJump : by;
    List<LedgerProcess> processes = around.processes();
    int which = random.nextInt(processes.size());
    processes.get(which).clock().jump(by);
    return Optional.of("the clock of process " + which + " is wrong by " + by);
  }

  @Override
  public void unblock() {
    around.cluster().heal();
    tell(around.cluster().replicate());
    tell(around.cluster().cancel());
  }
}
