package dev.indelible.witness.tiles;

import dev.indelible.transparency.merkle.Tile;
import java.util.ArrayList;
import java.util.List;

/// Which tiles a tree of some size has (C2SP tlog-tiles).
///
/// @param size number of leaves
public record TreeShape(long size) {
  private static final int BITS = 8;

  /// Hashes of a level: the roots of its full subtrees of `256^level` leaves.
  public long hashes(int level) {
    int shift = level * BITS;
    return shift >= Long.SIZE ? 0 : size >>> shift;
  }

  /// Levels that have at least one hash.
  public int levels() {
    int levels = 0;
    while (hashes(levels) > 0) {
      levels++;
    }
    return levels;
  }

  /// The tile at these coordinates, as wide as the tree makes it.
  ///
  /// @throws IllegalArgumentException when the tree does not reach there
  public Tile tile(int level, long index) {
    long left = hashes(Math.max(level, 0)) - index * Tile.FULL;
    return new Tile(level, index, (int) Math.min(left, Tile.FULL));
  }

  /// The bundle of the entries whose leaf hashes are in tile `index` of level 0.
  public Tile bundle(long index) {
    return tile(Tile.ENTRIES, index);
  }

  /// Tiles of level 0, and bundles.
  public long chunks() {
    return (size + Tile.FULL - 1) / Tile.FULL;
  }

  /// The partial tiles, one or none a level, lowest first. Their hashes are the subtrees that make
  /// up the tree's right edge: together they are the root.
  public List<Tile> edge() {
    List<Tile> edge = new ArrayList<>();
    for (int level = 0; level < levels(); level++) {
      if (hashes(level) % Tile.FULL != 0) {
        edge.add(tile(level, hashes(level) / Tile.FULL));
      }
    }
    return edge;
  }
}
