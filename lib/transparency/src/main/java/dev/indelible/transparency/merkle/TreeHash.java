package dev.indelible.transparency.merkle;

import dev.indelible.transparency.Hash;
import java.util.List;

/// The Merkle tree hash by its definition (RFC 9162 §2.1.1), as slow and plain as the RFC writes
/// it: the second opinion on every root that [CompactRange] computes.
public final class TreeHash {
  private TreeHash() {}

  /// The root hash over leaves given by their leaf hashes, in order.
  public static Hash of(List<Hash> leafHashes) {
    return switch (leafHashes.size()) {
      case 0 -> Hash.EMPTY_TREE;
      case 1 -> leafHashes.getFirst();
      default -> {
        int split = Integer.highestOneBit(leafHashes.size() - 1);
        yield Hash.node(
            of(leafHashes.subList(0, split)), of(leafHashes.subList(split, leafHashes.size())));
      }
    };
  }
}
