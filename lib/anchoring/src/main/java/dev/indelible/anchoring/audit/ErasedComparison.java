package dev.indelible.anchoring.audit;

import dev.indelible.anchoring.Issuer;
import dev.indelible.anchoring.StoredStatement;
import java.util.ArrayList;
import java.util.List;

/// What may be stored about a statement whose record has a tombstone: its leaf, the name of the key
/// that is gone, and nothing that opens it.
final class ErasedComparison {
  private ErasedComparison() {}

  /// Whether the opening is all there: of a row that is no part of the record and so is not erased
  /// with it, such as a hold, or of one that somebody brought back.
  static boolean isWhole(StoredStatement stored) {
    return stored.seed() != null && Committed.of(stored).filter(f -> !f.isEmpty()).isPresent();
  }

  /// @param subject that its entry names: a part of a record was under the record's key
  static List<Finding> of(StoredStatement stored, String subject) {
    List<Finding> findings = new ArrayList<>();
    if (!Issuer.subjectOf(stored.keyId()).equals(subject)) {
      findings.add(
          Finding.column(
              Finding.STATEMENTS, stored.id(), "key_id", "is not the key of the erased record"));
    }
    if (stored.seed() != null) {
      findings.add(column(stored, "seed"));
    }
    if (!stored.pointers().isEmpty()) {
      findings.add(column(stored, "pointers"));
    }
    if (!stored.cells().isEmpty()) {
      findings.add(column(stored, "cells"));
    }
    if (stored.commitments().toArray().length > 0) {
      findings.add(column(stored, "commitments"));
    }
    return findings;
  }

  private static Finding column(StoredStatement stored, String column) {
    return Finding.column(
        Finding.STATEMENTS, stored.id(), column, "is here, though the record was erased");
  }
}
