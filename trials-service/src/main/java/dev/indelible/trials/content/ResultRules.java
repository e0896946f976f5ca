package dev.indelible.trials.content;

import dev.indelible.trials.content.ResultContent.ReportedGiven;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What results need before they can be held against a protocol.
public final class ResultRules {
  private static final Set<String> LEVELS = Set.of("primary", "secondary", "other");
  private static final int MAX_OUTCOMES = 500;
  private static final long MAX_ENROLLED = 100_000_000;

  private ResultRules() {}

  /// Everything that is wrong with the content.
  public static void check(ResultContent content, Violations violations) {
    violations.required("/protocolVersion", content.protocolVersion());
    violations.optional("/correctionReason", content.correctionReason());
    violations.date("/startDate", content.startDate());
    violations.date("/primaryCompletionDate", content.primaryCompletionDate());
    Long enrolled = content.enrolled();
    if (enrolled != null && (enrolled < 0 || enrolled > MAX_ENROLLED)) {
      violations.add("/enrolled", "is not a number from 0 to " + MAX_ENROLLED);
    }
    outcomes(content.outcomes(), violations);
  }

  private static void outcomes(List<ReportedGiven> outcomes, Violations violations) {
    if (outcomes.isEmpty() || outcomes.size() > MAX_OUTCOMES) {
      violations.add("/outcomes", "from 1 to " + MAX_OUTCOMES + " are required");
      return;
    }
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < outcomes.size(); i++) {
      String at = "/outcomes/" + i;
      outcome(outcomes.get(i), at, violations);
      String id = outcomes.get(i).outcomeId();
      if (id != null && !ids.add(id)) {
        violations.add(at + "/outcomeId", "is given twice");
      }
    }
  }

  private static void outcome(ReportedGiven outcome, String at, Violations violations) {
    violations.optional(at + "/outcomeId", outcome.outcomeId());
    violations.required(at + "/level", outcome.level());
    violations.oneOf(at + "/level", outcome.level(), LEVELS);
    violations.required(at + "/measure", outcome.measure());
    violations.optional(at + "/metric", outcome.metric());
    violations.optional(at + "/aggregation", outcome.aggregation());
    violations.optional(at + "/timeFrame", outcome.timeFrame());
    violations.optional(at + "/description", outcome.description());
    violations.optional(at + "/unit", outcome.unit());
    violations.optionalTable(at + "/valueSummary", outcome.valueSummary());
  }
}
