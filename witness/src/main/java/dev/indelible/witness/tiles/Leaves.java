package dev.indelible.witness.tiles;

import dev.indelible.transparency.Hash;
import java.util.Arrays;

/// An entry bundle (C2SP tlog-tiles) and the leaf hashes of its entries.
public final class Leaves {
  private static final int LENGTH_BYTES = 2;

  private final byte[] bundle;
  private final byte[] hashes;
  private final int count;
  private final boolean exact;

  private Leaves(byte[] bundle, byte[] hashes, int count, boolean exact) {
    this.bundle = bundle;
    this.hashes = hashes;
    this.count = count;
    this.exact = exact;
  }

  /// Hashes the first `width` entries of a bundle, or as many as it has.
  ///
  /// @param bundle not to be used by anybody else meanwhile
  public static Leaves of(byte[] bundle, int width, TreeHasher hasher) {
    byte[] hashes = new byte[width * Hash.LENGTH];
    int at = 0;
    int count = 0;
    while (count < width) {
      int end = end(bundle, at);
      if (end < 0) {
        break;
      }
      int start = at + LENGTH_BYTES;
      hasher.leaf(bundle, start, end - start, hashes, count++ * Hash.LENGTH);
      at = end;
    }
    return new Leaves(bundle, hashes, count, count == width && at == bundle.length);
  }

  /// The part of a bundle that holds its first `width` entries, or all of it when it has fewer.
  public static byte[] prefix(byte[] bundle, int width) {
    int at = 0;
    for (int i = 0; i < width; i++) {
      int end = end(bundle, at);
      if (end < 0) {
        return bundle;
      }
      at = end;
    }
    return Arrays.copyOf(bundle, at);
  }

  /// Where the entry whose length is at `at` ends, or -1 when the bundle ends before.
  private static int end(byte[] bundle, int at) {
    if (at + LENGTH_BYTES > bundle.length) {
      return -1;
    }
    int end = at + LENGTH_BYTES + ((bundle[at] & 0xff) << 8 | (bundle[at + 1] & 0xff));
    return end > bundle.length ? -1 : end;
  }

  /// The bundle's bytes; not a copy.
  public byte[] bundle() {
    return bundle;
  }

  /// Entries that could be read.
  public int count() {
    return count;
  }

  /// Whether the bundle holds as many entries as asked for and nothing else.
  public boolean isExact() {
    return exact;
  }

  /// The leaf hashes; not a copy. Zero behind [#count].
  public byte[] hashes() {
    return hashes;
  }

  /// Whether entry `i` was read and hashes to the hash at place `i` of the tile.
  boolean agrees(int i, byte[] tile) {
    int at = i * Hash.LENGTH;
    return i < count && Arrays.equals(hashes, at, at + Hash.LENGTH, tile, at, at + Hash.LENGTH);
  }
}
