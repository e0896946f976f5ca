package dev.indelible.transparency.merkle;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import java.util.ArrayList;
import java.util.List;

/// Builds proofs from the nodes of a tree (RFC 9162 §2.1.3.1 and §2.1.4.1).
public final class Proofs {
  private Proofs() {}

  /// The proof that leaf `index` is in the tree of the first `size` leaves.
  public static InclusionProof inclusion(long index, long size, Nodes nodes) {
    List<Hash> path = new ArrayList<>();
    if (index >= 0 && index < size) {
      collectInclusion(index, 0, size, nodes, path);
    }
    return new InclusionProof(index, size, path);
  }

  /// The proof that the tree of the first `from` leaves is a prefix of that of the first `to`.
  public static ConsistencyProof consistency(long from, long to, Nodes nodes) {
    List<Hash> path = new ArrayList<>();
    if (from > 0 && from < to) {
      collectConsistency(from, 0, to, true, nodes, path);
    }
    return new ConsistencyProof(from, to, path);
  }

  /// Size and root of the tree of the first `size` leaves.
  public static TreeHead head(long size, Nodes nodes) {
    return size == 0 ? TreeHead.EMPTY : new TreeHead(size, hash(0, size, nodes));
  }

  private static void collectInclusion(
      long index, long start, long end, Nodes nodes, List<Hash> path) {
    if (end - start == 1) {
      return;
    }
    long middle = start + split(end - start);
    if (index < middle) {
      collectInclusion(index, start, middle, nodes, path);
      path.add(hash(middle, end, nodes));
    } else {
      collectInclusion(index, middle, end, nodes, path);
      path.add(hash(start, middle, nodes));
    }
  }

  /// SUBPROOF of RFC 9162 §2.1.4.1; `whole` is its flag b: the old tree is this subtree's first
  /// part and the verifier knows its hash already.
  private static void collectConsistency(
      long from, long start, long end, boolean whole, Nodes nodes, List<Hash> path) {
    if (from == end) {
      if (!whole) {
        path.add(hash(start, end, nodes));
      }
      return;
    }
    long middle = start + split(end - start);
    if (from <= middle) {
      collectConsistency(from, start, middle, whole, nodes, path);
      path.add(hash(middle, end, nodes));
    } else {
      collectConsistency(from, middle, end, false, nodes, path);
      path.add(hash(start, middle, nodes));
    }
  }

  private static Hash hash(long start, long end, Nodes nodes) {
    long count = end - start;
    if (Long.bitCount(count) == 1) {
      int level = Long.numberOfTrailingZeros(count);
      return nodes.node(level, start >> level);
    }
    long middle = start + split(count);
    return Hash.node(hash(start, middle, nodes), hash(middle, end, nodes));
  }

  /// The largest power of two smaller than `count` (RFC 9162 §2.1.1).
  private static long split(long count) {
    return Long.highestOneBit(count - 1);
  }
}
