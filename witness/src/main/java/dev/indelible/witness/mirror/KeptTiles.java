package dev.indelible.witness.mirror;

import dev.indelible.transparency.merkle.Tile;
import dev.indelible.witness.tiles.TileSource;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Tiles from the folder where they are there, from the log where they are not: what was written
/// before a crash need not be fetched again. What comes from the folder is checked like anything
/// else.
final class KeptTiles implements TileSource {
  private final MirrorFolder folder;
  private final TileSource log;
  private final boolean afresh;
  private final Set<Tile> kept = ConcurrentHashMap.newKeySet();

  /// @param afresh to read from the log whatever the folder has
  KeptTiles(MirrorFolder folder, TileSource log, boolean afresh) {
    this.folder = folder;
    this.log = log;
    this.afresh = afresh;
  }

  @Override
  public byte[] read(Tile tile) throws IOException, InterruptedException {
    if (!afresh && folder.holds(tile)) {
      kept.add(tile);
      return folder.read(tile);
    }
    return log.read(tile);
  }

  /// Whether this tile came from the folder.
  boolean isKept(Tile tile) {
    return kept.contains(tile);
  }

  /// Whether anything did, and may therefore be to blame.
  boolean usedAny() {
    return !kept.isEmpty();
  }
}
