package dev.indelible.transparency.merkle;

import dev.indelible.transparency.Hash;

/// Where the hashes of perfect subtrees come from; the mathematics of proofs does no I/O itself.
@FunctionalInterface
public interface Nodes {
  /// The hash of the perfect subtree over leaves `[index·2^level, (index+1)·2^level)`.
  ///
  /// @throws IllegalArgumentException when the tree does not hold all of these leaves
  Hash node(int level, long index);
}
