package dev.indelible.trials.content;

import dev.indelible.trials.content.ProtocolContent.OutcomeGiven;
import dev.indelible.trials.content.ProtocolContent.RegistryId;
import dev.indelible.trials.outcome.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What a protocol needs before it can be held against anything.
public final class ProtocolRules {
  private static final Set<String> STUDY_TYPES =
      Set.of("INTERVENTIONAL", "OBSERVATIONAL", "EXPANDED_ACCESS");
  private static final Set<String> PHASES =
      Set.of(
          "NA",
          "EARLY_PHASE1",
          "PHASE1",
          "PHASE1/PHASE2",
          "PHASE2",
          "PHASE2/PHASE3",
          "PHASE3",
          "PHASE4");
  private static final Set<String> LEVELS = Set.of("primary", "secondary", "other");
  private static final Pattern OUTCOME_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");
  private static final int MAX_REGISTRY_IDS = 20;
  private static final int MAX_OUTCOMES = 500;

  private ProtocolRules() {}

  /// Everything that is wrong with the content.
  ///
  /// @param at JSON Pointer of the content in the document that was sent
  public static void check(ProtocolContent content, String at, Violations violations) {
    registryIds(content.registryIds(), at + "/registryIds", violations);
    violations.optional(at + "/sponsorProtocolNumber", content.sponsorProtocolNumber());
    violations.required(at + "/publicTitle", content.publicTitle());
    violations.optional(at + "/scientificTitle", content.scientificTitle());
    violations.required(at + "/sponsorName", content.sponsorName());
    violations.required(at + "/studyType", content.studyType());
    violations.oneOf(at + "/studyType", content.studyType(), STUDY_TYPES);
    violations.oneOf(at + "/phase", content.phase(), PHASES);
    violations.date(at + "/startDate", content.startDate());
    violations.date(at + "/primaryCompletionDate", content.primaryCompletionDate());
    violations.date(at + "/completionDate", content.completionDate());
    violations.count(at + "/sampleSize", content.sampleSize());
    outcomes(content.outcomes(), at + "/outcomes", violations);
  }

  private static void registryIds(List<RegistryId> ids, String at, Violations violations) {
    if (ids.isEmpty() || ids.size() > MAX_REGISTRY_IDS) {
      violations.add(at, "from 1 to " + MAX_REGISTRY_IDS + " are required");
      return;
    }
    Set<RegistryKey> seen = new HashSet<>();
    for (int i = 0; i < ids.size(); i++) {
      String pointer = at + "/" + i;
      RegistryKey.find(ids.get(i))
          .ifPresentOrElse(
              key -> {
                if (!seen.add(key)) {
                  violations.add(pointer, "is given twice");
                }
              },
              () -> wrongId(pointer, violations));
    }
  }

  private static void wrongId(String pointer, Violations violations) {
    violations.add(
        pointer, "is not an id of one of the registries " + List.of(RegistrySystem.values()));
  }

  private static void outcomes(List<OutcomeGiven> outcomes, String at, Violations violations) {
    if (outcomes.size() > MAX_OUTCOMES) {
      violations.add(at, "more than " + MAX_OUTCOMES);
      return;
    }
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < outcomes.size(); i++) {
      outcome(outcomes.get(i), at + "/" + i, violations);
      String id = outcomes.get(i).id();
      if (id != null && !ids.add(id)) {
        violations.add(at + "/" + i + "/id", "is given twice");
      }
    }
    if (outcomes.stream().noneMatch(o -> Level.PRIMARY.text().equals(o.level()))) {
      violations.add(at, "at least one primary outcome is required");
    }
  }

  private static void outcome(OutcomeGiven outcome, String at, Violations violations) {
    String id = outcome.id();
    if (id == null || !OUTCOME_ID.matcher(id).matches()) {
      violations.add(at + "/id", "is not an id of 1 to 64 letters, digits and . _ : -");
    }
    violations.required(at + "/level", outcome.level());
    violations.oneOf(at + "/level", outcome.level(), LEVELS);
    violations.required(at + "/measure", outcome.measure());
    violations.optional(at + "/metric", outcome.metric());
    violations.optional(at + "/aggregation", outcome.aggregation());
    violations.optional(at + "/description", outcome.description());
    if (Level.OTHER.text().equals(outcome.level())) {
      violations.optional(at + "/timeFrame", outcome.timeFrame());
    } else {
      violations.required(at + "/timeFrame", outcome.timeFrame());
    }
  }
}
