package dev.indelible.trials.outcome;

import dev.indelible.trials.date.PartialDate;
import dev.indelible.trials.date.TrialDate;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Judges a trial's changes by a rule set. Pure: the same history gives the same findings, today
/// and in twenty years.
public final class Judgement {
  private final RuleSet rules;
  private final List<PlanVersion> history;

  /// Prepares to judge.
  ///
  /// @param history all versions of one protocol, oldest first, without gaps
  public Judgement(RuleSet rules, List<PlanVersion> history) {
    this.rules = rules;
    this.history = List.copyOf(history);
  }

  /// Findings about the newest version, held against the one before it.
  ///
  /// @param results the day the first results were received, if any were
  public Report ofLatestAmendment(Optional<LocalDate> results) {
    PlanVersion latest = history.getLast();
    PlanVersion previous = history.get(history.size() - 2);
    TrialClock clock = clock(Optional.empty(), results);
    When when = clock.when(latest.received());
    Step step = step(previous, latest);
    List<Finding> findings = new ArrayList<>();
    for (Change change : step.changes()) {
      Optional<Step> by = step.declares(change.elementId()) ? Optional.of(step) : Optional.empty();
      findings.add(finding(change, Context.AMENDMENT, by, when));
    }
    return new Report(Baseline.of(history, clock.start()), swapFollowsParts(findings));
  }

  /// Findings about results, held against the baseline.
  public Report ofResults(Reported reported) {
    TrialClock clock = clock(Optional.of(reported), reported.earlier());
    Baseline baseline = Baseline.of(history, clock.start());
    Plan plan = resolve(reported);
    When silent = When.in(reported.earlier().isPresent() ? Phase.W3 : Phase.W2);
    DeclaredPath path = DeclaredPath.of(this, baseline.version(), cited(reported), plan);
    List<Finding> findings = new ArrayList<>();
    for (Change change :
        OutcomeComparison.ofResults(baseline.version().plan(), plan, rules.thresholds())) {
      Optional<Step> by = path.declaring(change.elementId());
      When when = by.map(step -> clock.when(step.version().received())).orElse(silent);
      findings.add(finding(change, Context.RESULTS, by, when));
    }
    return new Report(baseline, swapFollowsParts(findings));
  }

  /// Reported outcomes without an id take that of the outcome they match in the cited version.
  private Plan resolve(Reported reported) {
    Plan cited = cited(reported).plan();
    List<Outcome> named = new ArrayList<>(reported.plan().outcomes());
    Pairing pairing = Pairing.of(cited.outcomes(), named, rules.thresholds().reviewFrom());
    for (Pairing.Pair pair : pairing.sure()) {
      named.set(indexOf(named, pair.later()), pair.later().called(pair.planned().id()));
    }
    return new Plan(named, reported.plan().sampleSize(), reported.plan().start());
  }

  @SuppressWarnings("ReferenceEquality") // Two reported outcomes may say the same.
  private static int indexOf(List<Outcome> outcomes, Outcome outcome) {
    int i = 0;
    while (outcomes.get(i) != outcome) {
      i++;
    }
    return i;
  }

  private PlanVersion cited(Reported reported) {
    return history.stream()
        .filter(version -> version.id().equals(reported.cited()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("not a version of this trial"));
  }

  RuleSet rules() {
    return rules;
  }

  List<PlanVersion> history() {
    return history;
  }

  Step step(PlanVersion previous, PlanVersion next) {
    LocalDate registered = history.getFirst().received();
    return new Step(
        next,
        OutcomeComparison.ofVersions(previous.plan(), next.plan(), registered, rules.thresholds()));
  }

  private TrialClock clock(Optional<Reported> reported, Optional<LocalDate> results) {
    Stream<TrialDate> starts =
        history.stream().map(version -> version.plan().start()).filter(Objects::nonNull);
    Stream<TrialDate> completions =
        history.stream().map(PlanVersion::primaryCompletion).filter(Objects::nonNull);
    return new TrialClock(
        earliest(starts, reported.map(r -> r.plan().start())),
        earliest(completions, reported.map(Reported::primaryCompletion)),
        results);
  }

  private static Optional<PartialDate> earliest(
      Stream<TrialDate> recorded, Optional<TrialDate> last) {
    return TrialDate.earliest(Stream.concat(recorded, last.stream()).toList());
  }

  private Finding finding(Change change, Context context, Optional<Step> by, When when) {
    Declaration declaration = by.isPresent() ? Declaration.DECLARED : Declaration.SILENT;
    RuleSet.Rule first = rules.rule(change.code(), context, declaration, when.earliest());
    RuleSet.Rule last = rules.rule(change.code(), context, declaration, when.latest());
    // A date known only to the month decides nothing that depends on the day.
    boolean same = first.severity() == last.severity();
    return new Finding(
        change,
        declaration,
        by.map(step -> step.version().id()).orElse(null),
        when,
        same ? last.severity() : Severity.NEEDS_REVIEW,
        same ? last.id() : first.id() + "|" + last.id());
  }

  /// A swap is declared only when both its halves are.
  private List<Finding> swapFollowsParts(List<Finding> findings) {
    Optional<Finding> silentHalf =
        findings.stream()
            .filter(
                f ->
                    f.change().code() == ChangeCode.P_DROP || f.change().code() == ChangeCode.P_ADD)
            .filter(f -> f.declaration() == Declaration.SILENT)
            .findFirst();
    return findings.stream()
        .map(
            f ->
                f.change().code() == ChangeCode.P_SWAP
                    ? silentHalf.map(half -> as(half, f.change())).orElse(f)
                    : f)
        .toList();
  }

  private static Finding as(Finding half, Change swap) {
    return new Finding(
        swap, half.declaration(), half.declaredBy(), half.when(), half.severity(), half.rule());
  }
}
