package dev.indelible.witness.tiles;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.Tile;
import java.io.IOException;

/// What a tile would be if everything below it were right: the second opinion on a tile that does
/// not fit.
///
/// @param shape of the tree
/// @param source of what is below
/// @param hasher for this thread
record Below(TreeShape shape, TileSource source, TreeHasher hasher) {
  /// The leaf hashes of the entries, or the roots of the tiles one level down. Zeros stand for what
  /// is there but no tile.
  byte[] assemble(Tile tile) throws IOException, InterruptedException {
    if (tile.level() == 0) {
      byte[] bundle = source.read(shape.bundle(tile.index()));
      return Leaves.of(bundle, tile.width(), hasher).hashes();
    }
    byte[] assembled = new byte[tile.width() * Hash.LENGTH];
    for (int i = 0; i < tile.width(); i++) {
      Tile child = shape.tile(tile.level() - 1, tile.index() * Tile.FULL + i);
      byte[] hashes = source.read(child);
      if (fits(child, hashes)) {
        hasher.root(hashes, Tile.FULL).copyTo(assembled, i * Hash.LENGTH);
      }
    }
    return assembled;
  }

  /// Whether these bytes are as long as the tile.
  static boolean fits(Tile tile, byte[] hashes) {
    return hashes.length == tile.width() * Hash.LENGTH;
  }
}
