package dev.indelible.trials.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.indelible.trials.date.PartialDate;
import dev.indelible.trials.date.TrialDate;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every kind of change, in every phase, declared and silent, by native ids: the finding is known
/// beforehand, written out here and not computed.
class SwitchingMutationTest {
  private static final RuleSet RULES = Rules.published();
  private static final LocalDate REGISTERED = LocalDate.of(2024, 1, 10);
  private static final TrialDate START = TrialDate.find("2024-02-01", "ACTUAL").orElseThrow();
  private static final TrialDate COMPLETION = TrialDate.find("2025-06-30", "ACTUAL").orElseThrow();

  /// A change of a plan, with what it has to be called.
  record Mutation(
      String name,
      UnaryOperator<Plan> change,
      Set<ChangeCode> codes,
      Set<String> elements,
      Plan from) {
    Mutation(String name, UnaryOperator<Plan> change, Set<ChangeCode> codes, Set<String> elements) {
      this(name, change, codes, elements, PLAN);
    }

    Plan after() {
      return change.apply(from);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final Outcome WALK = outcome("walk", Level.PRIMARY, "Walk distance", "week 26");
  private static final Outcome LIFE =
      outcome("life", Level.SECONDARY, "Quality of life", "week 12");
  private static final Outcome DEATH = outcome("death", Level.SECONDARY, "Death", "week 52");
  private static final Plan PLAN = new Plan(List.of(WALK, LIFE, DEATH), 400L, START);
  private static final Plan SPREAD =
      with(PLAN, part(WALK, "Walk distance", "mean", "change", "weeks 8, 26"), LIFE, DEATH);
  private static final Plan VAGUE =
      with(PLAN, part(WALK, "Walk distance", null, "change", "week 26"), LIFE, DEATH);

  static final List<Mutation> MUTATIONS =
      List.of(
          new Mutation(
              "drop", p -> with(p, LIFE, DEATH), Set.of(ChangeCode.P_DROP), Set.of("walk")),
          new Mutation(
              "add",
              p -> with(p, WALK, outcome("pain", Level.PRIMARY, "Pain", "week 4"), LIFE, DEATH),
              Set.of(ChangeCode.P_ADD),
              Set.of("pain")),
          new Mutation(
              "demote",
              p -> with(p, level(WALK, Level.SECONDARY), LIFE, DEATH),
              Set.of(ChangeCode.P_DEMOTE),
              Set.of("walk")),
          new Mutation(
              "promote",
              p -> with(p, WALK, level(LIFE, Level.PRIMARY), DEATH),
              Set.of(ChangeCode.P_PROMOTE),
              Set.of("life")),
          new Mutation(
              "measure",
              p -> with(p, part(WALK, "Stair climbing", "mean", "change", "week 26"), LIFE, DEATH),
              Set.of(ChangeCode.P_MEASURE),
              Set.of("walk")),
          new Mutation(
              "metric",
              p -> with(p, part(WALK, "Walk distance", "mean", "final", "week 26"), LIFE, DEATH),
              Set.of(ChangeCode.P_METRIC),
              Set.of("walk")),
          new Mutation(
              "aggregation",
              p -> with(p, part(WALK, "Walk distance", "median", "change", "week 26"), LIFE, DEATH),
              Set.of(ChangeCode.P_AGGREGATION),
              Set.of("walk")),
          new Mutation(
              "time",
              p -> with(p, part(WALK, "Walk distance", "mean", "change", "week 12"), LIFE, DEATH),
              Set.of(ChangeCode.P_TIME),
              Set.of("walk")),
          new Mutation(
              "time-widened",
              p ->
                  with(
                      p,
                      part(WALK, "Walk distance", "mean", "change", "weeks 12, 26"),
                      LIFE,
                      DEATH),
              Set.of(ChangeCode.P_TIME_WIDENED),
              Set.of("walk")),
          new Mutation(
              "time-narrowed",
              p -> with(p, part(WALK, "Walk distance", "mean", "change", "week 8"), LIFE, DEATH),
              Set.of(ChangeCode.P_TIME_NARROWED),
              Set.of("walk"),
              SPREAD),
          new Mutation(
              "spec-removed",
              p -> with(p, part(WALK, "Walk distance", "mean", "change", null), LIFE, DEATH),
              Set.of(ChangeCode.SPEC_REMOVED),
              Set.of("walk")),
          new Mutation(
              "spec-added",
              p -> with(p, WALK, LIFE, DEATH),
              Set.of(ChangeCode.SPEC_ADDED),
              Set.of("walk"),
              VAGUE),
          new Mutation(
              "swap",
              p -> with(p, outcome("pain", Level.PRIMARY, "Pain", "week 4"), LIFE, DEATH),
              Set.of(ChangeCode.P_DROP, ChangeCode.P_ADD, ChangeCode.P_SWAP),
              Set.of("walk", "pain")),
          new Mutation(
              "secondary-drop",
              p -> with(p, WALK, DEATH),
              Set.of(ChangeCode.S_DROP),
              Set.of("life")),
          new Mutation(
              "secondary-add",
              p -> with(p, WALK, LIFE, DEATH, outcome("pain", Level.SECONDARY, "Pain", "week 4")),
              Set.of(ChangeCode.S_ADD),
              Set.of("pain")),
          new Mutation(
              "reword",
              p -> with(p, part(WALK, "walk  DISTANCE", "mean", "change", "26 wks"), LIFE, DEATH),
              Set.of(ChangeCode.REWORD),
              Set.of("walk")),
          new Mutation(
              "sample-size",
              p -> new Plan(p.outcomes(), 200L, p.start()),
              Set.of(ChangeCode.SAMPLE_SIZE),
              Set.of("sampleSize")));

  private static final Set<String> SWITCHES = Set.of("drop", "add", "swap", "demote", "promote");
  private static final Set<String> SECONDARY = Set.of("secondary-drop", "secondary-add");

  /// The table of the specification, row by row.
  static Severity expected(String mutation, Context context, Phase phase, boolean declared) {
    if (mutation.equals("reword")) {
      return Severity.INFO;
    }
    if (mutation.equals("spec-added")) {
      return context == Context.AMENDMENT && phase == Phase.W0 ? Severity.INFO : Severity.LOW;
    }
    if (context == Context.RESULTS && !declared) {
      return SWITCHES.contains(mutation) ? Severity.CRITICAL : Severity.MEDIUM;
    }
    if (phase == Phase.W0) {
      return Severity.INFO;
    }
    boolean late = phase != Phase.W1;
    if (SWITCHES.contains(mutation)) {
      return declared
          ? (late ? Severity.HIGH : Severity.LOW)
          : (late ? Severity.CRITICAL : Severity.HIGH);
    }
    if (SECONDARY.contains(mutation)) {
      return Severity.LOW;
    }
    if (declared) {
      return late && !mutation.equals("sample-size") ? Severity.MEDIUM : Severity.LOW;
    }
    return Severity.MEDIUM;
  }

  private static final Map<Phase, LocalDate> DAYS =
      Map.of(
          Phase.W0, LocalDate.of(2024, 1, 20),
          Phase.W1, LocalDate.of(2024, 9, 1),
          Phase.W2, LocalDate.of(2025, 8, 1),
          Phase.W3, LocalDate.of(2026, 3, 1));

  static Stream<Arguments> amendments() {
    List<Arguments> cases = new ArrayList<>();
    for (Mutation mutation : MUTATIONS) {
      for (Phase phase : Phase.values()) {
        cases.add(arguments(mutation, phase, true));
        cases.add(arguments(mutation, phase, false));
      }
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0} {1} declared={2}")
  @MethodSource("amendments")
  void judgesAmendments(Mutation mutation, Phase phase, boolean declared) {
    LocalDate day = DAYS.get(phase);
    Set<String> named = declared ? mutation.elements() : Set.of("death");
    PlanVersion first = version(1, REGISTERED, mutation.from(), Set.of());
    PlanVersion second = version(2, day, mutation.after(), named);
    Optional<LocalDate> results =
        phase == Phase.W3 ? Optional.of(LocalDate.of(2026, 1, 1)) : Optional.empty();
    Report report = new Judgement(RULES, List.of(first, second)).ofLatestAmendment(results);
    check(mutation, report, declared);
    for (Finding finding : report.findings()) {
      assertEquals(phase.name(), finding.when().text());
      assertEquals(
          expected(mutation.name(), Context.AMENDMENT, phase, declared), finding.severity());
    }
  }

  @ParameterizedTest(name = "{0} {1} declared={2}")
  @MethodSource("amendments")
  void judgesResults(Mutation mutation, Phase phase, boolean declared) {
    Plan changed = mutation.after();
    List<PlanVersion> history = new ArrayList<>();
    history.add(version(1, REGISTERED, mutation.from(), Set.of()));
    if (declared) {
      history.add(version(2, DAYS.get(phase), changed, mutation.elements()));
    }
    Optional<LocalDate> earlier =
        phase == Phase.W3 ? Optional.of(LocalDate.of(2026, 1, 1)) : Optional.empty();
    Reported reported =
        new Reported(
            LocalDate.of(2026, 6, 1), changed, COMPLETION, history.getLast().id(), earlier);
    Report report = new Judgement(RULES, history).ofResults(reported);
    if (declared && phase == Phase.W0) {
      // Amended before enrolment: the amended version is the baseline, so nothing differs.
      assertEquals(List.of(), report.findings());
      assertEquals(2, report.baseline().version().number());
      return;
    }
    boolean open = declared && !mutation.name().equals("reword");
    check(mutation, report, declared);
    for (Finding finding : report.findings()) {
      assertEquals(expected(mutation.name(), Context.RESULTS, phase, open), finding.severity());
    }
  }

  private static void check(Mutation mutation, Report report, boolean declared) {
    assertEquals(
        mutation.codes(),
        report.findings().stream().map(f -> f.change().code()).collect(Collectors.toSet()));
    for (Finding finding : report.findings()) {
      assertTrue(mutation.elements().contains(finding.change().elementId()));
      assertEquals(declared ? Declaration.DECLARED : Declaration.SILENT, finding.declaration());
    }
  }

  static PlanVersion version(int number, LocalDate received, Plan plan, Set<String> named) {
    return new PlanVersion(
        new UUID(0, number),
        number,
        received,
        plan,
        COMPLETION,
        named,
        PartialDate.find(received.minusDays(1).toString()));
  }

  static Outcome outcome(String id, Level level, String measure, String timeFrame) {
    return new Outcome(id, true, level, measure, "change", "mean", timeFrame);
  }

  private static Outcome level(Outcome o, Level level) {
    return new Outcome(
        o.id(), true, level, o.measure(), o.metric(), o.aggregation(), o.timeFrame());
  }

  private static Outcome part(
      Outcome o, String measure, String aggregation, String metric, String timeFrame) {
    return new Outcome(o.id(), true, o.level(), measure, metric, aggregation, timeFrame);
  }

  private static Plan with(Plan plan, Outcome... outcomes) {
    return new Plan(List.of(outcomes), plan.sampleSize(), plan.start());
  }
}
