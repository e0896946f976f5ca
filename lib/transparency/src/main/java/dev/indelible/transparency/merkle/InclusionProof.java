package dev.indelible.transparency.merkle;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import java.util.List;
import java.util.Optional;

/// Shows that a leaf is in a tree (RFC 9162 §2.1.3).
///
/// @param index zero-based leaf index
/// @param size tree size the proof is for, greater than `index`
/// @param path sibling hashes from the leaf upwards
public record InclusionProof(long index, long size, List<Hash> path) {
  public InclusionProof {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("leaf index " + index + " is not in a tree of " + size);
    }
    path = List.copyOf(path);
  }

  /// How many hashes a path has: one for every level below the one where leaf and last leaf meet,
  /// above it one wherever the leaf's side has a neighbour to the left (RFC 9162 §2.1.3.1).
  public static int pathLength(long index, long size) {
    int below = Long.SIZE - Long.numberOfLeadingZeros(index ^ (size - 1));
    return below + (below == Long.SIZE ? 0 : Long.bitCount(index >>> below));
  }

  /// Whether this proof leads from `leafHash` to exactly `head`.
  public boolean verify(Hash leafHash, TreeHead head) {
    return head.size() == size && rootFrom(leafHash).filter(head.root()::equals).isPresent();
  }

  /// The root this proof leads to, or nothing when the path has the wrong length (RFC 9162
  /// §2.1.3.2).
  public Optional<Hash> rootFrom(Hash leafHash) {
    long node = index;
    long last = size - 1;
    Hash root = leafHash;
    for (Hash sibling : path) {
      if (last == 0) {
        return Optional.empty();
      }
      if ((node & 1) == 1 || node == last) {
        root = Hash.node(sibling, root);
        int skip = node == 0 ? 0 : Long.numberOfTrailingZeros(node);
        node >>= skip;
        last >>= skip;
      } else {
        root = Hash.node(root, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 ? Optional.of(root) : Optional.empty();
  }
}
