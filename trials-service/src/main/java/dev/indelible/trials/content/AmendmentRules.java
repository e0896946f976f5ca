package dev.indelible.trials.content;

import dev.indelible.trials.content.AmendmentGiven.ChangeGiven;
import dev.indelible.trials.content.ProtocolContent.OutcomeGiven;
import dev.indelible.trials.date.PartialDate;
import dev.indelible.trials.outcome.Change;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What an amendment needs so that it can declare anything.
public final class AmendmentRules {
  private static final int MAX_CHANGES = 500;

  private AmendmentRules() {}

  /// Everything that is wrong with the amendment itself.
  ///
  /// @param before the content that it amends
  /// @param after the content that it makes
  /// @param today the day it came
  public static void check(
      AmendmentGiven amendment,
      ProtocolContent before,
      ProtocolContent after,
      LocalDate today,
      Violations violations) {
    violations.required("/number", amendment.number());
    violations.required("/summary", amendment.summary());
    violations.required("/primaryReason", amendment.primaryReason());
    approval(amendment.approvedOn() == null ? "" : amendment.approvedOn(), today, violations);
    Set<String> elements = new HashSet<>(Set.of(Change.SAMPLE_SIZE, Change.START_DATE));
    for (ProtocolContent content : List.of(before, after)) {
      content.outcomes().stream().map(OutcomeGiven::id).forEach(elements::add);
    }
    changes(amendment.changes(), elements, violations);
  }

  private static void approval(String approvedOn, LocalDate today, Violations violations) {
    Optional<PartialDate> date = PartialDate.find(approvedOn);
    if (date.filter(PartialDate::isDay).isEmpty()) {
      violations.add("/approvedOn", "is not a day like 2024-03-15");
    } else if (date.get().first().isAfter(today)) {
      violations.add("/approvedOn", "is in the future");
    }
  }

  private static void changes(
      List<ChangeGiven> changes, Set<String> elements, Violations violations) {
    if (changes.isEmpty() || changes.size() > MAX_CHANGES) {
      violations.add("/changes", "from 1 to " + MAX_CHANGES + " are required");
      return;
    }
    for (int i = 0; i < changes.size(); i++) {
      String pointer = "/changes/" + i;
      violations.required(pointer + "/rationale", changes.get(i).rationale());
      String element = changes.get(i).elementId();
      if (element == null || !elements.contains(element)) {
        violations.add(
            pointer + "/elementId",
            "is no outcome of either version, nor "
                + Change.SAMPLE_SIZE
                + " or "
                + Change.START_DATE);
      }
    }
  }
}
