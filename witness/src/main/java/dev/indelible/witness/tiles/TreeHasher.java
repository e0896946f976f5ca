package dev.indelible.witness.tiles;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.Tile;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/// Merkle tree hashing (RFC 9162 §2.1.1) on arrays: one digest, one scratch array and no object for
/// each hash, because whole logs go through here. For one thread at a time.
public final class TreeHasher {
  private static final int NODE = 1 + 2 * Hash.LENGTH;

  private final MessageDigest digest = sha256();
  private final byte[] node = new byte[NODE];

  /// One more than a full tile, for what is to the right of it.
  private final byte[] row = new byte[(Tile.FULL + 1) * Hash.LENGTH];

  /// Starts with nothing.
  public TreeHasher() {
    node[0] = 1;
  }

  /// Writes `SHA-256(0x00 ‖ entry)` to `out`.
  ///
  /// @param source holds the entry from `at` on, and at least one byte before it
  /// @param at where the entry starts; the byte before it is borrowed for the prefix, so that the
  ///   digest gets one piece, and given back
  public void leaf(byte[] source, int at, int length, byte[] out, int outAt) {
    byte borrowed = source[at - 1];
    source[at - 1] = 0;
    digest.update(source, at - 1, length + 1);
    finish(out, outAt);
    source[at - 1] = borrowed;
  }

  /// The root over the first `count` hashes of a tile.
  public Hash root(byte[] hashes, int count) {
    return root(hashes, count, null);
  }

  /// The root over `count` equally high subtrees and, to their right, one lower one. Joining
  /// neighbours row by row, with the odd one carried up, gives the tree of RFC 9162 §2.1.1: each
  /// join is at a power of two counted from the left.
  ///
  /// @param right root of the lower subtree, if there is one
  public Hash root(byte[] hashes, int count, @Nullable Hash right) {
    System.arraycopy(hashes, 0, row, 0, count * Hash.LENGTH);
    int left = count;
    if (right != null) {
      right.copyTo(row, left++ * Hash.LENGTH);
    }
    while (left > 1) {
      int joined = 0;
      for (int i = 0; i + 1 < left; i += 2) {
        System.arraycopy(row, i * Hash.LENGTH, node, 1, 2 * Hash.LENGTH);
        digest.update(node, 0, NODE);
        finish(row, joined++ * Hash.LENGTH);
      }
      if ((left & 1) == 1) {
        System.arraycopy(row, (left - 1) * Hash.LENGTH, row, joined++ * Hash.LENGTH, Hash.LENGTH);
      }
      left = joined;
    }
    return Hash.at(row, 0);
  }

  private void finish(byte[] out, int at) {
    try {
      digest.digest(out, at, Hash.LENGTH);
    } catch (DigestException e) {
      throw new IllegalArgumentException("no room for a hash", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
