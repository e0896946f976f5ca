package dev.indelible.anchoring;

import dev.indelible.kit.audit.Difference;
import java.util.List;
import java.util.UUID;

/// Rows of which the log says nothing, and a seal (see [Seal]) or the tags of encrypted cells do:
/// implemented as a CDI bean by the feature that writes them.
public interface SealedRows {
  /// What the service did not write so. Runs inside the audit's read-only snapshot.
  List<Difference> changed();

  /// The data keys that are these rows' own: no statement is under them.
  default List<UUID> keys() {
    return List.of();
  }
}
