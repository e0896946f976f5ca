package dev.indelible.trials.outcome;

import java.util.List;

/// What a comparison found.
///
/// @param baseline what was held against what came later
/// @param findings in a fixed order
public record Report(Baseline baseline, List<Finding> findings) {
  public Report {
    findings = List.copyOf(findings);
  }
}
