package dev.indelible.ledger.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.ledger.simulation.Fates.Fate;
import dev.indelible.ledger.simulation.Faults.Kind;
import dev.indelible.ledger.simulation.Simulation.Report;
import dev.indelible.ledger.simulation.Surroundings.Rule;
import dev.indelible.ledger.simulation.Surroundings.Rules;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The real writer in thousands of simulated worlds, each of which is a function of its seed: who
/// runs next, what fails, what is lost, late or twice, who dies and when.
///
/// `-Dindelible.seeds=N` runs so many instead of ten thousand; `-Dindelible.seed=S` runs the one of
/// a failure again and prints what happened in it.
class SimulationTest {
  private static final long SEEDS = Long.getLong("indelible.seeds", 10_000);
  private static final Logger WRITER = Logger.getLogger("dev.indelible.ledger.log.Sequencer");
  private static @Nullable Level before;

  @BeforeAll
  static void writersFailInSilence() {
    before = WRITER.getLevel();
    WRITER.setLevel(Level.OFF);
  }

  @AfterAll
  static void writersSpeakAgain() {
    WRITER.setLevel(before);
  }

  private static LongStream seeds() {
    Long one = Long.getLong("indelible.seed");
    return one != null ? LongStream.of(one) : LongStream.range(0, SEEDS).parallel();
  }

  private static boolean isBad(Report report) {
    return !report.violations().isEmpty() || report.frozen().isPresent();
  }

  private static String explain(Report report) {
    return "seed "
        + report.seed()
        + ": "
        + report.violations()
        + report.frozen().map(reason -> " frozen: " + reason).orElse("")
        + "\n"
        + String.join("\n", report.trace());
  }

  /// Only what is bad keeps its trace: ten thousand of them would be too much.
  private static Report shortened(Report report) {
    return isBad(report) ? report : report.withoutTrace();
  }

  @Test
  void nothingBadHappens() {
    Fates fates = new Fates();
    List<Report> reports =
        seeds()
            .mapToObj(seed -> Simulation.run(seed, Rules.OURS))
            .peek(report -> fates.read(report.trace()))
            .map(SimulationTest::shortened)
            .toList();
    Optional<Report> bad = reports.stream().filter(SimulationTest::isBad).findFirst();
    assertTrue(bad.isEmpty(), () -> explain(bad.orElseThrow()));
    if (Long.getLong("indelible.seed") != null) {
      System.out.println(explain(Simulation.run(reports.getFirst().seed(), Rules.OURS)));
    } else {
      assertMuchHappened(reports);
      assertEachWriteHadEachFate(fates);
    }
  }

  /// A calm world would prove nothing.
  private static void assertMuchHappened(List<Report> reports) {
    Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    reports.forEach(
        report ->
            report.faults().forEach((kind, count) -> counts.merge(kind, count, Integer::sum)));
    System.out.println(reports.size() + " seeds: " + counts);
    List<Kind> never =
        Arrays.stream(Kind.values()).filter(kind -> !counts.containsKey(kind)).toList();
    assertEquals(List.of(), never);
    assertTrue(reports.stream().allMatch(report -> report.entries() > 2));
  }

  /// What `CrashTableTest` does to each write on PostgreSQL, and what takes a disk that lies or a
  /// standby that is behind: others have seen it, and then it is gone.
  private static void assertEachWriteHadEachFate(Fates fates) {
    System.out.println(fates.counts());
    assertEquals(Fates.WRITES, fates.counts().keySet());
    Set<Fate> all = EnumSet.allOf(Fate.class);
    fates.counts().forEach((write, its) -> assertEquals(all, its.keySet(), write));
  }

  /// Connections in the pool that still lead to a former primary do no harm, and however wrong what
  /// is read there looks, the log is not frozen for it.
  @Test
  void formerPrimariesDoNoHarm() {
    Optional<Report> bad =
        seeds()
            .limit(SEEDS / 4)
            .mapToObj(seed -> Simulation.run(seed, Rules.OURS_BESIDE_FORMER_PRIMARIES))
            .filter(SimulationTest::isBad)
            .findFirst();
    assertTrue(bad.isEmpty(), () -> explain(bad.orElseThrow()));
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void withoutOneRuleSomethingBadHappens(Rule rule) {
    requireFound(rule, SimulationTest::isBad);
  }

  @Test
  void withoutTheBarrierAcknowledgedEntriesAreLost() {
    requireFound(
        Rule.BARRIER,
        report -> report.violations().stream().anyMatch(what -> what.endsWith("is gone")));
  }

  private static void requireFound(Rule without, Predicate<Report> bad) {
    Rules rules = Rules.without(without);
    Optional<Report> found =
        LongStream.range(0, SEEDS)
            .parallel()
            .mapToObj(seed -> Simulation.run(seed, rules))
            .filter(bad)
            .findAny();
    assertTrue(found.isPresent(), "nothing bad happens without " + without);
  }

  @Test
  void aSeedIsAllThatMatters() {
    for (long seed = 0; seed < 20; seed++) {
      assertEquals(
          Simulation.run(seed, Rules.OURS).trace(), Simulation.run(seed, Rules.OURS).trace());
    }
  }
}
