package dev.indelible.transparency.merkle;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import java.util.ArrayList;
import java.util.List;

/// A small tree held whole, level by level: `n` leaves cost `n − 1` hashes, and then every proof is
/// at hand.
///
/// The level above pairs up neighbours; a last node without a neighbour rises as it is. That is the
/// tree of RFC 9162 §2.1.1: its left subtree is always perfect, so only the right edge is ragged.
public final class TreeLevels {
  private final List<List<Hash>> levels = new ArrayList<>();

  private TreeLevels() {}

  /// The tree over leaves given by their leaf hashes.
  ///
  /// @throws IllegalArgumentException when there is none
  public static TreeLevels of(List<Hash> leafHashes) {
    if (leafHashes.isEmpty()) {
      throw new IllegalArgumentException("a tree without leaves has no levels");
    }
    TreeLevels tree = new TreeLevels();
    tree.levels.add(List.copyOf(leafHashes));
    while (tree.levels.getLast().size() > 1) {
      tree.levels.add(above(tree.levels.getLast()));
    }
    return tree;
  }

  private static List<Hash> above(List<Hash> level) {
    List<Hash> above = new ArrayList<>((level.size() + 1) / 2);
    for (int i = 0; i + 1 < level.size(); i += 2) {
      above.add(Hash.node(level.get(i), level.get(i + 1)));
    }
    if (level.size() % 2 == 1) {
      above.add(level.getLast());
    }
    return above;
  }

  /// Size and root hash.
  public TreeHead head() {
    return new TreeHead(levels.getFirst().size(), levels.getLast().getFirst());
  }

  /// The proof that leaf `index` is in this tree (RFC 9162 §2.1.3.1).
  public InclusionProof inclusion(int index) {
    List<Hash> path = new ArrayList<>(levels.size());
    int node = index;
    for (List<Hash> level : levels) {
      int sibling = node ^ 1;
      if (sibling < level.size()) {
        path.add(level.get(sibling));
      }
      node >>= 1;
    }
    return new InclusionProof(index, levels.getFirst().size(), path);
  }
}
