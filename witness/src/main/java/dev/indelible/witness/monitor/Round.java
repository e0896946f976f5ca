package dev.indelible.witness.monitor;

import dev.indelible.witness.command.Verdict;
import dev.indelible.witness.evidence.Fork;
import dev.indelible.witness.tiles.Finding;
import java.util.List;
import java.util.Optional;

/// What one look at all places has shown.
///
/// @param views the checkpoints that could be had
/// @param connected how many of them belong to one tree for certain
/// @param fork two that do not
/// @param findings what stood in the way of knowing
record Round(List<View> views, int connected, Optional<Fork> fork, List<Finding> findings) {
  Round {
    views = List.copyOf(views);
    findings = List.copyOf(findings);
  }

  Verdict verdict() {
    if (fork.isPresent()) {
      return Verdict.CONTRADICTED;
    }
    return findings.isEmpty() && connected == views.size() && connected > 1
        ? Verdict.MATCHES
        : Verdict.COULD_NOT_BE_CHECKED;
  }
}
