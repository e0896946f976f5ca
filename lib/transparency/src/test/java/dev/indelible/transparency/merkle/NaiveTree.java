package dev.indelible.transparency.merkle;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Proofs by the recursive definitions of RFC 9162 §2.1.3.1 and §2.1.4.1, as literally as Java
/// allows: the oracle for everything that is fast.
final class NaiveTree implements Nodes {
  private final List<Hash> leaves = new ArrayList<>();

  static NaiveTree of(int size) {
    NaiveTree tree = new NaiveTree();
    for (int i = 0; i < size; i++) {
      tree.leaves.add(Hash.leaf(ByteBuffer.allocate(4).putInt(i).array()));
    }
    return tree;
  }

  Hash leaf(int index) {
    return leaves.get(index);
  }

  List<Hash> leaves(int from, int to) {
    return leaves.subList(from, to);
  }

  Hash mth(int from, int to) {
    int n = to - from;
    if (n == 0) {
      return Hash.EMPTY_TREE;
    }
    if (n == 1) {
      return leaves.get(from);
    }
    int k = split(n);
    return Hash.node(mth(from, from + k), mth(from + k, to));
  }

  TreeHead head(int size) {
    return new TreeHead(size, mth(0, size));
  }

  /// PATH(m, D[from:to]).
  List<Hash> path(int m, int from, int to) {
    int n = to - from;
    if (n == 1) {
      return new ArrayList<>();
    }
    int k = split(n);
    List<Hash> path = m < k ? path(m, from, from + k) : path(m - k, from + k, to);
    path.add(m < k ? mth(from + k, to) : mth(from, from + k));
    return path;
  }

  /// SUBPROOF(m, D[from:to], b).
  List<Hash> subproof(int m, int from, int to, boolean b) {
    int n = to - from;
    if (m == n) {
      return new ArrayList<>(b ? List.of() : List.of(mth(from, to)));
    }
    int k = split(n);
    List<Hash> path =
        m <= k ? subproof(m, from, from + k, b) : subproof(m - k, from + k, to, false);
    path.add(m <= k ? mth(from + k, to) : mth(from, from + k));
    return path;
  }

  /// SUBTREE_SUBPROOF(start, end, D[from:to], b) of draft-ietf-plants-merkle-tree-certs §4.4.1;
  /// `start` and `end` count from `from`.
  List<Hash> subtreeSubproof(int start, int end, int from, int to, boolean b) {
    int n = to - from;
    if (start == 0 && end == n) {
      return new ArrayList<>(b ? List.of() : List.of(mth(from, to)));
    }
    int k = split(n);
    if (end <= k) {
      List<Hash> path = subtreeSubproof(start, end, from, from + k, b);
      path.add(mth(from + k, to));
      return path;
    }
    List<Hash> path =
        k <= start
            ? subtreeSubproof(start - k, end - k, from + k, to, b)
            : subtreeSubproof(0, end - k, from + k, to, false);
    path.add(mth(from, from + k));
    return path;
  }

  @Override
  public Hash node(int level, long index) {
    int start = (int) (index << level);
    int end = start + (1 << level);
    if (end > leaves.size()) {
      throw new IllegalArgumentException("node " + level + "/" + index + " is not complete");
    }
    return mth(start, end);
  }

  private static int split(int n) {
    int k = 1;
    while (k * 2 < n) {
      k *= 2;
    }
    return k;
  }
}
