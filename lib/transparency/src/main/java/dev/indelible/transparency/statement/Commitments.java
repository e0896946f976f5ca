package dev.indelible.transparency.statement;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.TreeHash;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// The commitments of a statement's fields, in pointer order.
///
/// @param byPointer pointer to commitment
public record Commitments(SequencedMap<String, Hash> byPointer) {
  public Commitments {
    byPointer = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(byPointer));
  }

  /// The statement root: the Merkle tree hash (RFC 9162 §2.1.1) whose leaves are the commitments.
  public Hash root() {
    return root(byPointer.values());
  }

  static Hash root(Collection<Hash> commitments) {
    return TreeHash.of(commitments.stream().map(Hash::bytes).map(Hash::leaf).toList());
  }
}
