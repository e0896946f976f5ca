package dev.indelible.transparency.merkle;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import java.util.List;

/// Shows that a subtree is part of a tree (draft-ietf-plants-merkle-tree-certs §4.4). With a
/// subtree that starts at 0 it is the consistency proof of RFC 9162 §2.1.4.
///
/// @param subtree the range
/// @param size size of the tree, at least the subtree's end
/// @param path node hashes in the order of the draft's §4.4.1
public record SubtreeConsistency(Subtree subtree, long size, List<Hash> path) {
  public SubtreeConsistency {
    if (subtree.end() > size) {
      throw new IllegalArgumentException("a tree of " + size + " does not hold " + subtree);
    }
    path = List.copyOf(path);
  }

  /// Whether this proof connects the subtree's hash with the tree (§4.4.3 of the draft). Nothing is
  /// part of everything: the empty subtree has one hash and an empty proof.
  public boolean verify(Hash subtreeHash, TreeHead tree) {
    if (tree.size() != size) {
      return false;
    }
    if (subtree.size() == 0) {
      return path.isEmpty() && subtreeHash.equals(Hash.EMPTY_TREE);
    }
    return walk(subtreeHash, tree.root());
  }

  private boolean walk(Hash subtreeHash, Hash root) {
    long left = subtree.start();
    long node = subtree.end() - 1;
    long last = size - 1;
    // Climb to the largest complete node at the subtree's right edge: there both hashes start.
    while (left != node && ((node & 1) == 1 || node == last)) {
      left >>= 1;
      node >>= 1;
      last >>= 1;
    }
    boolean whole = left == node;
    if (!whole && path.isEmpty()) {
      return false;
    }
    Hash inner = whole ? subtreeHash : path.getFirst();
    Hash outer = inner;
    for (Hash sibling : whole ? path : path.subList(1, path.size())) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        inner = left < node ? Hash.node(sibling, inner) : inner;
        outer = Hash.node(sibling, outer);
        int up = Long.numberOfTrailingZeros(node);
        left >>= up;
        node >>= up;
        last >>= up;
      } else {
        outer = Hash.node(outer, sibling);
      }
      left >>= 1;
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && inner.equals(subtreeHash) && outer.equals(root);
  }
}
