package dev.indelible.witness.mirror;

import dev.indelible.transparency.TreeHead;
import dev.indelible.witness.command.Verdict;
import dev.indelible.witness.evidence.Fork;
import dev.indelible.witness.tiles.Finding;
import java.util.List;
import java.util.Optional;

/// What came of one look at the log.
sealed interface Outcome {
  Verdict verdict();

  /// The mirror now shows this tree.
  record Published(TreeHead head) implements Outcome {
    @Override
    public Verdict verdict() {
      return Verdict.MATCHES;
    }
  }

  /// The mirror shows what the log shows, or more.
  record Unchanged(TreeHead head) implements Outcome {
    @Override
    public Verdict verdict() {
      return Verdict.MATCHES;
    }
  }

  /// Nothing could be said this time.
  record Waiting(List<Finding> findings) implements Outcome {
    @Override
    public Verdict verdict() {
      return Verdict.COULD_NOT_BE_CHECKED;
    }
  }

  /// What the log shows is not what it signed; the mirror stays as it is.
  record Contradicted(List<Finding> findings, Optional<Fork> fork) implements Outcome {
    @Override
    public Verdict verdict() {
      return Verdict.CONTRADICTED;
    }
  }

  /// Findings make a contradiction if one of them is one.
  static Outcome of(List<Finding> findings) {
    return findings.stream().anyMatch(finding -> finding.kind() == Finding.Kind.WRONG)
        ? new Contradicted(findings, Optional.empty())
        : new Waiting(findings);
  }
}
