package dev.indelible.anchoring;

import dev.indelible.kit.audit.Difference;
import java.util.List;

/// Rows of which the log says nothing and a seal does (see [Seal]): implemented as a CDI bean by
/// the feature that writes them.
public interface SealedRows {
  /// What the service did not write so. Runs inside the audit's read-only snapshot.
  List<Difference> changed();
}
