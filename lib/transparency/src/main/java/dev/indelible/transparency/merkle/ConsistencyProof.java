package dev.indelible.transparency.merkle;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import java.util.List;
import java.util.Optional;

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
    if (from == 0) {
      return older.size() == 0 && newer.size() == to && path.isEmpty();
    }
    return newer.size() == to && rootFrom(older).filter(newer.root()::equals).isPresent();
  }

  /// The root of the newer tree to which this proof leads from the older, or nothing when it does
  /// not start there. From the empty tree no proof leads anywhere.
  public Optional<Hash> rootFrom(TreeHead older) {
    if (older.size() != from || from == 0) {
      return Optional.empty();
    }
    if (from == to) {
      return path.isEmpty() ? Optional.of(older.root()) : Optional.empty();
    }
    return path.isEmpty() ? Optional.empty() : walk(older.root());
  }

  private Optional<Hash> walk(Hash oldRoot) {
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
        return Optional.empty();
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
    return last == 0 && oldHash.equals(oldRoot) ? Optional.of(newHash) : Optional.empty();
  }
}
