package dev.indelible.trials.outcome;

import java.util.List;

/// What one amendment changed.
///
/// @param version the version that the amendment made
/// @param changes against the version before
record Step(PlanVersion version, List<Change> changes) {
  boolean touches(String elementId) {
    return changes.stream().anyMatch(change -> change.elementId().equals(elementId));
  }

  boolean declares(String elementId) {
    return version.declares(elementId);
  }
}
