package dev.indelible.transparency.merkle;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import java.util.List;

/// Shows that an old tree is a prefix of a newer one (RFC 9162 §2.1.4).
///
/// @param from size of the old tree
/// @param to size of the new tree, at least `from`
/// @param path node hashes in the order of RFC 9162 §2.1.4.1; empty when `from` is 0 or equals `to`
public record ConsistencyProof(long from, long to, List<Hash> path) {
  public ConsistencyProof {
    if (from < 0 || from > to) {
      throw new IllegalArgumentException("a tree of " + to + " has no prefix of " + from);
    }
    path = List.copyOf(path);
  }

  /// Whether this proof connects exactly these two heads (RFC 9162 §2.1.4.2).
  public boolean verify(TreeHead older, TreeHead newer) {
    if (older.size() != from || newer.size() != to) {
      return false;
    }
    if (from == 0) {
      return path.isEmpty();
    }
    if (from == to) {
      return path.isEmpty() && older.root().equals(newer.root());
    }
    return !path.isEmpty() && walk(older.root(), newer.root());
  }

  private boolean walk(Hash oldRoot, Hash newRoot) {
    long node = from - 1;
    long last = to - 1;
    int skip = Long.numberOfTrailingZeros(from);
    node >>= skip;
    last >>= skip;
    // A complete old tree is itself the first node, so the proof leaves it out.
    boolean complete = Long.bitCount(from) == 1;
    Hash oldHash = complete ? oldRoot : path.getFirst();
    Hash newHash = oldHash;
    for (Hash sibling : complete ? path : path.subList(1, path.size())) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        oldHash = Hash.node(sibling, oldHash);
        newHash = Hash.node(sibling, newHash);
        int up = node == 0 ? 0 : Long.numberOfTrailingZeros(node);
        node >>= up;
        last >>= up;
      } else {
        newHash = Hash.node(newHash, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && oldHash.equals(oldRoot) && newHash.equals(newRoot);
  }
}
