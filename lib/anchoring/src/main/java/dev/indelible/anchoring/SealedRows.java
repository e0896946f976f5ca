package dev.indelible.anchoring;

import dev.indelible.kit.audit.Difference;
import java.util.UUID;
import java.util.stream.Stream;

/// Rows of which the log says nothing, and a seal (see [Seal]) or the tags of encrypted cells do:
/// implemented as a CDI bean by the feature that writes them.
public interface SealedRows {
  /// What the service did not write so, found as it is asked for. Runs inside the audit's read-only
  /// snapshot.
  Stream<Difference> changed();

  /// The data keys that are these rows' own: no statement is under them.
  default Stream<UUID> keys() {
    return Stream.empty();
  }
}
