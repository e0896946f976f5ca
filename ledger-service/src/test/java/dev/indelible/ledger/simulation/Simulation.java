package dev.indelible.ledger.simulation;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.simulation.Cluster.Connection;
import dev.indelible.ledger.simulation.Faults.Kind;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// A ledger of several processes, its database, its witnesses and those who submit, for some time
/// with faults and then without, until everything has come to rest.
final class Simulation implements Surroundings, Baton.World {
  private static final int MOST_POINTS_WITH_FAULTS = 500;
  private static final int MOST_POINTS_TO_SETTLE = 4000;
  private static final int LARGEST_JUMP_SECONDS = 7200;

  private final SplittableRandom random;
  private final Rules rules;
  private final Baton baton;
  private final Cluster cluster;
  private final Faults faults;
  private final Truth truth;
  private final List<Witness> witnesses;
  private final List<LedgerProcess> processes;
  private final List<Relay> relays;
  private final int pointsWithFaults;
  private int points;
  private Duration largestJump = Duration.ZERO;

  /// What came of it.
  ///
  /// @param violations what must not happen
  /// @param trace what happened
  /// @param frozen why the log was frozen, if it was
  record Report(
      long seed, List<String> violations, List<String> trace, Optional<String> frozen) {}

  private Simulation(long seed, Rules rules) {
    this.random = new SplittableRandom(seed);
    this.rules = rules;
    this.baton = new Baton(random.split(), this);
    this.cluster = new Cluster(random.split());
    this.faults = new Faults(random.split());
    this.truth = new Truth(() -> "%6d %-16s ".formatted(baton.now(), baton.holderName()));
    this.witnesses = IntStream.range(0, 3).mapToObj(i -> new Witness("w" + i, truth)).toList();
    Log log = Cast.SHARED.log(truth::signed);
    this.processes =
        IntStream.range(0, 2 + random.nextInt(2))
            .mapToObj(i -> new LedgerProcess(i, this, log, witnesses))
            .toList();
    this.relays =
        IntStream.range(0, 2)
            .mapToObj(i -> new Relay(this, random.split(), processes))
            .toList();
    this.pointsWithFaults = random.nextInt(MOST_POINTS_WITH_FAULTS);
  }

  /// Runs one seed.
  static Report run(long seed, Rules rules) {
    return new Simulation(seed, rules).run(seed);
  }

  private Report run(long seed) {
    processes.forEach(LedgerProcess::start);
    relays.forEach(relay -> baton.start("relay", relay::run));
    baton.start("reader", this::read);
    baton.await(() -> points > pointsWithFaults || isFrozen());
    truth.tell("no faults any more");
    heal();
    baton.await(() -> isSettled() || isFrozen() || points > pointsWithFaults + MOST_POINTS_TO_SETTLE);
    if (!isSettled() && !isFrozen()) {
      truth.violation("it does not come to rest");
    }
    baton.stop();
    new Oracle(truth, cluster.rows()).audit();
    return new Report(seed, truth.violations(), truth.trace(), cluster.rows().head().frozen());
  }

  private void heal() {
    faults.stop();
    cluster.heal();
    processes.forEach(process -> process.clock().jump(largestJump));
  }

  private boolean isFrozen() {
    return cluster.rows().head().frozen().isPresent();
  }

  private boolean isSettled() {
    Rows rows = cluster.rows();
    Optional<Block> last = rows.sealed().last();
    return relays.stream().allMatch(Relay::isDone)
        && last.isPresent()
        && last.get().head().equals(rows.head().range().head())
        && rows.sealed().lastWitnessed() == last.get().number();
  }

  /// Fetches witnessed receipts, as anybody may at any time.
  private void read() {
    while (true) {
      try {
        Connection connection = cluster.connect(rules.formerPrimary());
        Rows.Blocks sealed = connection.rows().sealed();
        sealed.witnessed().stream()
            .sorted()
            .forEach(number -> truth.released(sealed.byNumber().get(number).head()));
      } catch (SQLException e) {
        truth.tell("the reader is told to come again");
      }
      baton.sleep(Duration.ofMillis(100));
    }
  }

  @Override
  public void happens() {
    points++;
    if (faults.standbyReceives()) {
      tell(cluster.replicate());
    }
    maybe(Kind.CANCELLED, cluster::cancel);
    maybe(cluster.isAhead() ? Kind.LOSSY_FAILOVER : Kind.FAILOVER, cluster::failOver);
    maybe(Kind.PRIMARY_RESTARTS, cluster::restartPrimary);
    maybe(Kind.STANDBY_RESTARTS, cluster::restartStandby);
    maybe(Kind.DISK_LIES, cluster::lie);
    maybe(Kind.LINK_SWITCHES, cluster::switchLink);
    maybe(Kind.CLOCK_JUMPS, this::jump);
    if (random.nextInt(20) == 0) {
      processes.stream().filter(process -> !process.isAlive()).forEach(LedgerProcess::start);
    }
  }

  private void maybe(Kind kind, Supplier<Optional<String>> event) {
    if (faults.happens(kind)) {
      tell(event.get());
    }
  }

  private void tell(Optional<String> what) {
    what.ifPresent(truth::tell);
  }

  private Optional<String> jump() {
    int seconds = random.nextInt(-LARGEST_JUMP_SECONDS, LARGEST_JUMP_SECONDS);
    Duration by = Duration.ofSeconds(random.nextBoolean() ? seconds : seconds / 1000);
    largestJump = largestJump.compareTo(by) > 0 ? largestJump : by;
    int which = random.nextInt(processes.size());
    processes.get(which).clock().jump(by);
    return Optional.of("the clock of process " + which + " is wrong by " + by);
  }

  @Override
  public void unblock() {
    cluster.heal();
    tell(cluster.replicate());
    tell(cluster.cancel());
  }

  @Override
  public void later(String what, Request request) {
    Duration wait = Duration.ofMillis(random.nextInt(10_000));
    truth.tell(what + " is under way for " + wait);
    baton.start("late " + what, () -> arrive(what, wait, request));
  }

  private void arrive(String what, Duration wait, Request request) {
    baton.sleep(wait);
    try {
      request.arrive();
    } catch (SQLException | RuntimeException e) {
      truth.tell(what + " arrives and is refused: " + e.getMessage());
    }
  }

  @Override
  public Baton baton() {
    return baton;
  }

  @Override
  public Cluster cluster() {
    return cluster;
  }

  @Override
  public Faults faults() {
    return faults;
  }

  @Override
  public Truth truth() {
    return truth;
  }

  @Override
  public Rules rules() {
    return rules;
  }
}
