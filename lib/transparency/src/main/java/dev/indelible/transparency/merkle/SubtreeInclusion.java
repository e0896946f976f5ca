package dev.indelible.transparency.merkle;

import dev.indelible.transparency.Hash;
import java.util.List;

/// Shows that a leaf is in a subtree (draft-ietf-plants-merkle-tree-certs §4.3). It is the
/// inclusion proof of a tree that begins where the subtree does.
///
/// @param index leaf index in the whole tree
/// @param subtree the range the proof is for; holds `index`
/// @param path sibling hashes from the leaf upwards
public record SubtreeInclusion(long index, Subtree subtree, List<Hash> path) {
  public SubtreeInclusion {
    if (!subtree.contains(index)) {
      throw new IllegalArgumentException("leaf index " + index + " is not in " + subtree);
    }
    path = List.copyOf(path);
  }

  /// Whether this proof leads from `leafHash` to the subtree's hash.
  public boolean verify(Hash leafHash, Hash subtreeHash) {
    return new InclusionProof(index - subtree.start(), subtree.size(), path)
        .rootFrom(leafHash)
        .filter(subtreeHash::equals)
        .isPresent();
  }
}
