package dev.indelible.ledger.simulation;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.simulation.Cluster.Connection;
import dev.indelible.ledger.simulation.Faults.Kind;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// A ledger of several processes, its database, its witnesses and those who submit, for some time
/// with faults and then without, until everything has come to rest.
final class Simulation implements Surroundings {
  private static final int MOST_POINTS_WITH_FAULTS = 500;
  private static final int MOST_POINTS_TO_SETTLE = 4000;

  private final SplittableRandom random;
  private final Rules rules;
  private final Weather weather;
  private final Baton baton;
  private final Cluster cluster;
  private final Faults faults;
  private final Truth truth;
  private final List<Witness> witnesses;
  private final List<LedgerProcess> processes;
  private final List<Relay> relays;
  private final int pointsWithFaults;

  /// What came of it.
  ///
  /// @param violations what must not happen
  /// @param trace what happened
  /// @param frozen why the log was frozen, if it was; nothing here is a reason to
  /// @param entries how many the log has
  /// @param faults how often each happened
  record Report(
      long seed,
      List<String> violations,
      List<String> trace,
      Optional<String> frozen,
      int entries,
      Map<Kind, Integer> faults) {
    Report withoutTrace() {
      return new Report(seed, violations, List.of(), frozen, entries, faults);
    }
  }

  private Simulation(long seed, Rules rules) {
    this.random = new SplittableRandom(seed);
    this.rules = rules;
    this.weather = new Weather(random.split(), this);
    this.baton = new Baton(random.split(), weather);
    this.cluster = new Cluster(random.split());
    this.faults = new Faults(random.split());
    this.truth = new Truth(() -> "%6d %-16s ".formatted(baton.now(), baton.holderName()), cluster);
    this.witnesses = IntStream.range(0, 3).mapToObj(i -> new Witness("w" + i, truth)).toList();
    Log log = Cast.SHARED.log(truth::signed);
    this.processes =
        IntStream.range(0, 2 + random.nextInt(2))
            .mapToObj(i -> new LedgerProcess(i, this, log, witnesses))
            .toList();
    this.relays =
        IntStream.range(0, 2).mapToObj(i -> new Relay(this, random.split(), processes)).toList();
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
    baton.await(() -> weather.points() > pointsWithFaults || isFrozen());
    truth.tell("no faults any more");
    heal();
    baton.await(
        () ->
            isSettled()
                || isFrozen()
                || weather.points() > pointsWithFaults + MOST_POINTS_TO_SETTLE);
    if (!isSettled() && !isFrozen()) {
      truth.violation("it does not come to rest");
    }
    baton.stop();
    new Oracle(truth, cluster.rows()).audit();
    Rows.Head head = cluster.rows().head();
    return new Report(
        seed,
        truth.violations(),
        truth.trace(),
        head.frozen(),
        head.entries().size(),
        faults.counts());
  }

  private void heal() {
    faults.stop();
    cluster.heal();
    processes.forEach(process -> process.clock().jump(weather.largestJump()));
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
  public List<LedgerProcess> processes() {
    return processes;
  }

  @Override
  public Rules rules() {
    return rules;
  }
}
