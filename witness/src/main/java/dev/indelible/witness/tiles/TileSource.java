package dev.indelible.witness.tiles;

import dev.indelible.transparency.merkle.Tile;
import java.io.IOException;

/// Where tiles and entry bundles come from. Nothing that comes from here is believed.
public interface TileSource {
  /// The bytes of a tile or bundle, which the caller may change.
  ///
  /// @throws UnavailableException when it cannot be had
  byte[] read(Tile tile) throws IOException, InterruptedException;

  /// The name of a tile in this source, for people.
  static String name(Tile tile) {
    return "tile/" + tile.path();
  }
}
