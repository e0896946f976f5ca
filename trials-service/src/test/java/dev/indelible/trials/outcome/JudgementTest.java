package dev.indelible.trials.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.trials.date.TrialDate;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Cases that one change at a time does not reach.
class JudgementTest {
  private static final LocalDate REGISTERED = LocalDate.of(2024, 1, 10);
  private static final TrialDate START = TrialDate.find("2024-02-01", "ACTUAL").orElseThrow();
  private static final Outcome WALK = outcome("walk", Level.PRIMARY, "6-minute walk", "week 26");
  private static final Outcome LIFE =
      outcome("life", Level.SECONDARY, "Quality of life", "week 12");

  @Test
  void saysDropAddAndSwapWhenOnePrimaryReplacesAnother() {
    Report report =
        results(plan(START, WALK), plan(START, reported("Hospital admission", "week 12")));
    assertEquals(Set.of(ChangeCode.P_DROP, ChangeCode.P_ADD, ChangeCode.P_SWAP), codes(report));
    assertTrue(report.findings().stream().allMatch(f -> f.severity() == Severity.CRITICAL));
    assertTrue(report.findings().stream().allMatch(f -> f.declaration() == Declaration.SILENT));
  }

  @Test
  void namingAnElementOnceDoesNotCoverWhatIsDoneToItLater() {
    Outcome later = outcome("walk", Level.PRIMARY, "6-minute walk", "week 12");
    PlanVersion first = version(1, REGISTERED, plan(START, WALK), Set.of());
    PlanVersion second = version(2, LocalDate.of(2024, 9, 1), plan(START, later), Set.of("walk"));
    Plan reported = plan(START, outcome("walk", Level.PRIMARY, "6-minute walk", "week 8"));
    Report report =
        new Judgement(Rules.published(), List.of(first, second)).ofResults(cite(second, reported));
    assertEquals(Set.of(ChangeCode.P_TIME), codes(report));
    assertEquals(Declaration.SILENT, report.findings().getFirst().declaration());
  }

  @Test
  void anAmendmentThatResultsDoNotCiteDeclaresNothing() {
    PlanVersion first = version(1, REGISTERED, plan(START, WALK, LIFE), Set.of());
    PlanVersion second = version(2, LocalDate.of(2024, 9, 1), plan(START, WALK), Set.of("life"));
    Judgement judgement = new Judgement(Rules.published(), List.of(first, second));
    Report old = judgement.ofResults(cite(first, plan(START, WALK)));
    assertEquals(Declaration.SILENT, old.findings().getFirst().declaration());
    Report current = judgement.ofResults(cite(second, plan(START, WALK)));
    assertEquals(Declaration.DECLARED, current.findings().getFirst().declaration());
    assertEquals(second.id(), current.findings().getFirst().declaredBy());
  }

  @Test
  void aStartKnownOnlyToTheMonthDecidesNothingThatDependsOnTheDay() {
    TrialDate month = TrialDate.find("2024-02", "ACTUAL").orElseThrow();
    PlanVersion first = version(1, REGISTERED, plan(month, WALK), Set.of());
    PlanVersion second =
        version(
            2,
            LocalDate.of(2024, 2, 15),
            plan(month, outcome("life", Level.PRIMARY, "Quality of life", "week 12")),
            Set.of());
    Report report =
        new Judgement(Rules.published(), List.of(first, second))
            .ofLatestAmendment(Optional.empty());
    for (Finding finding : report.findings()) {
      assertEquals("W0..W1", finding.when().text());
      assertEquals(Severity.NEEDS_REVIEW, finding.severity());
    }
  }

  @Test
  void aTrialRegisteredAfterItsStartHasALateBaseline() {
    TrialDate past = TrialDate.find("2023-02-01", "ACTUAL").orElseThrow();
    Report report = results(plan(past, WALK), plan(past, reported("6-minute walk", "Week 26")));
    assertEquals(Baseline.State.LATE_BASELINE, report.baseline().state());
    assertEquals(Set.of(ChangeCode.REWORD), codes(report));
  }

  @Test
  void anEditedStartThatHidesALateRegistrationIsAFlip() {
    TrialDate past = TrialDate.find("2023-02-01", "ACTUAL").orElseThrow();
    TrialDate later = TrialDate.find("2024-01-20", "ACTUAL").orElseThrow();
    PlanVersion first = version(1, REGISTERED, plan(past, WALK), Set.of());
    PlanVersion second = version(2, LocalDate.of(2024, 9, 1), plan(later, WALK), Set.of());
    Report report =
        new Judgement(Rules.published(), List.of(first, second))
            .ofLatestAmendment(Optional.empty());
    assertEquals(Set.of(ChangeCode.START_FLIP), codes(report));
    assertEquals(Severity.CRITICAL, report.findings().getFirst().severity());
  }

  @Test
  void whatOnlyResemblesIsLeftToAPerson() {
    Report report =
        results(plan(START, WALK), plan(START, reported("6-minute walk at home", "week 26")));
    assertEquals(Set.of(ChangeCode.NEEDS_REVIEW), codes(report));
    assertEquals(Severity.NEEDS_REVIEW, report.findings().getFirst().severity());
  }

  @Test
  void textAloneFindsTheSameOutcomeInOtherWordsOrder() {
    Report report = results(plan(START, WALK), plan(START, reported("Walk: 6-Minute", "26 weeks")));
    assertEquals(Set.of(ChangeCode.REWORD), codes(report));
  }

  @Test
  void theOrderOfTimePointsIsMeaning() {
    Outcome planned = outcome("walk", Level.PRIMARY, "6-minute walk", "week 4 and month 6");
    Outcome later = outcome("walk", Level.PRIMARY, "6-minute walk", "week 6 and month 4");
    assertEquals(
        Set.of(ChangeCode.P_TIME), codes(results(plan(START, planned), plan(START, later))));
  }

  @Test
  void aTimeFrameThatCannotBeReadIsLeftToAPerson() {
    Outcome planned = outcome("walk", Level.PRIMARY, "6-minute walk", "at discharge");
    Outcome later = outcome("walk", Level.PRIMARY, "6-minute walk", "at readmission");
    assertEquals(
        Set.of(ChangeCode.NEEDS_REVIEW), codes(results(plan(START, planned), plan(START, later))));
  }

  @Test
  void theLargestAllowedDocumentsAreCompared() {
    Outcome[] planned = new Outcome[500];
    Outcome[] later = new Outcome[500];
    for (int i = 0; i < planned.length; i++) {
      String words = "alpha beta gamma delta epsilon zeta eta theta ".repeat(20);
      planned[i] = outcome("o" + i, Level.PRIMARY, words + "planned" + i, "week 4");
      later[i] = reported(words + "reported" + i, "week 4");
    }
    assertEquals(
        Set.of(ChangeCode.NEEDS_REVIEW), codes(results(plan(START, planned), plan(START, later))));
  }

  @Test
  void reRunsToTheSameFindings() {
    Plan planned = plan(START, WALK, LIFE);
    Plan reported = plan(START, reported("Pain", "week 4"), reported("Sleep", "week 4"));
    assertEquals(results(planned, reported), results(planned, reported));
  }

  private static Report results(Plan planned, Plan reported) {
    PlanVersion first = version(1, REGISTERED, planned, Set.of());
    return new Judgement(Rules.published(), List.of(first)).ofResults(cite(first, reported));
  }

  private static Reported cite(PlanVersion version, Plan reported) {
    return new Reported(LocalDate.of(2026, 6, 1), reported, null, version.id(), Optional.empty());
  }

  private static Set<ChangeCode> codes(Report report) {
    return report.findings().stream().map(f -> f.change().code()).collect(Collectors.toSet());
  }

  private static PlanVersion version(int number, LocalDate received, Plan plan, Set<String> named) {
    return SwitchingMutationTest.version(number, received, plan, named);
  }

  private static Outcome outcome(String id, Level level, String measure, String timeFrame) {
    return new Outcome(id, true, level, measure, null, null, timeFrame);
  }

  private static Outcome reported(String measure, String timeFrame) {
    return new Outcome("reported-" + measure, false, Level.PRIMARY, measure, null, null, timeFrame);
  }

  private static Plan plan(TrialDate start, Outcome... outcomes) {
    return new Plan(List.of(outcomes), null, start);
  }
}
