package dev.indelible.transparency.merkle;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import java.util.ArrayList;
import java.util.List;

/// The roots of the perfect subtrees that make up a tree, largest first: all that is needed to
/// append.
///
/// @param size number of leaves
/// @param nodes one hash for each one-bit of `size`
public record CompactRange(long size, List<Hash> nodes) {
  /// The range of the empty tree.
  public static final CompactRange EMPTY = new CompactRange(0, List.of());

  public CompactRange {
    if (nodes.size() != Long.bitCount(size)) {
      throw new IllegalArgumentException(
          nodes.size() + " nodes cannot make a tree of " + size + " leaves");
    }
    nodes = List.copyOf(nodes);
  }

  /// The range of the tree of the first `size` leaves.
  public static CompactRange of(long size, Nodes nodes) {
    List<Hash> hashes = new ArrayList<>();
    long start = 0;
    for (long rest = size; rest > 0; rest -= Long.highestOneBit(rest)) {
      int level = Long.numberOfTrailingZeros(Long.highestOneBit(rest));
      hashes.add(nodes.node(level, start >> level));
      start += Long.highestOneBit(rest);
    }
    return new CompactRange(size, hashes);
  }

  /// The range over the leaves of `this` and, after them, `leafHashes`.
  public CompactRange append(List<Hash> leafHashes) {
    List<Hash> stack = new ArrayList<>(nodes);
    long count = size;
    for (Hash leafHash : leafHashes) {
      Hash node = leafHash;
      for (long rest = count; (rest & 1) == 1; rest >>= 1) {
        node = Hash.node(stack.removeLast(), node);
      }
      stack.add(node);
      count++;
    }
    return new CompactRange(count, stack);
  }

  /// Size and root hash of the tree.
  public TreeHead head() {
    if (nodes.isEmpty()) {
      return TreeHead.EMPTY;
    }
    Hash root = nodes.getLast();
    for (int i = nodes.size() - 2; i >= 0; i--) {
      root = Hash.node(nodes.get(i), root);
    }
    return new TreeHead(size, root);
  }
}
