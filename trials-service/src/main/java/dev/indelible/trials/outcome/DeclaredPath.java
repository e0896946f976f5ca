package dev.indelible.trials.outcome;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// How the baseline became the version that results cite, amendment by amendment.
///
/// A difference between baseline and results is declared only when the cited version already has it
/// and every amendment that touched the element named it: naming an element once does not cover
/// what was done to it later.
final class DeclaredPath {
  private final List<Step> steps;
  private final Set<String> strayed;

  private DeclaredPath(List<Step> steps, Set<String> strayed) {
    this.steps = steps;
    this.strayed = strayed;
  }

  static DeclaredPath of(Judgement judgement, PlanVersion from, PlanVersion cited, Plan reported) {
    List<PlanVersion> history = judgement.history();
    List<Step> steps = new ArrayList<>();
    for (int i = history.indexOf(from) + 1; i <= history.indexOf(cited); i++) {
      steps.add(judgement.step(history.get(i - 1), history.get(i)));
    }
    Set<String> strayed =
        OutcomeComparison.ofResults(cited.plan(), reported, judgement.rules().thresholds()).stream()
            .filter(change -> change.code() != ChangeCode.REWORD)
            .map(Change::elementId)
            .collect(Collectors.toSet());
    return new DeclaredPath(steps, strayed);
  }

  /// The last amendment that changed the element, if all that did so declared it.
  Optional<Step> declaring(String elementId) {
    if (strayed.contains(elementId)) {
      return Optional.empty();
    }
    List<Step> touching = steps.stream().filter(step -> step.touches(elementId)).toList();
    boolean open = touching.stream().allMatch(step -> step.declares(elementId));
    return open && !touching.isEmpty() ? Optional.of(touching.getLast()) : Optional.empty();
  }
}
