package dev.indelible.transparency;

/// What a log claims at one moment: how many leaves it has and the root hash over them (RFC 9162
/// §4.10).
///
/// @param size number of leaves, at least 0
/// @param root root hash over exactly these leaves
public record TreeHead(long size, Hash root) {
  /// The head of a log that holds nothing.
  public static final TreeHead EMPTY = new TreeHead(0, Hash.EMPTY_TREE);

  public TreeHead {
    if (size < 0) {
      throw new IllegalArgumentException("negative tree size " + size);
    }
    if (size == 0 && !root.equals(Hash.EMPTY_TREE)) {
      throw new IllegalArgumentException("an empty tree has one root only, not " + root);
    }
  }
}
