package dev.indelible.anchoring;

import java.util.stream.Stream;

/// What a service lets the audit see: implemented as a CDI bean by each feature that anchors.
public interface AnchoredRecords {
  /// The tables of which every row belongs to a statement and every column is a field of one.
  String[] tables();

  /// All statements, rebuilt from the live columns by the function that built them at submission,
  /// as they are asked for: a feature has not more of them in memory than a page. Runs inside the
  /// audit's read-only snapshot; rows that a statement cannot be made of are an exception whose
  /// message names the row.
  Stream<LiveStatement> rebuild();

  /// How many rows of a table wait for their statement. A seal has to cover them until then (see
  /// [SealedRows]).
  default long waiting(String table) {
    return 0;
  }
}
