package dev.indelible.ledger.tile;

import dev.indelible.ledger.Transactions;
import dev.indelible.transparency.merkle.Tile;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Optional;

/// Tiles and entry bundles of what is sealed, at every width that a checkpoint was published for.
@ApplicationScoped
public class Tiles {
  private final Transactions transactions;

  Tiles(Transactions transactions) {
    this.transactions = transactions;
  }

  /// The bytes of a tile or bundle, or nothing when no block reaches it.
  public Optional<byte[]> find(String log, Tile tile) {
    long last = lastLeaf(tile);
    try {
      return transactions.query(
          connection ->
              tile.level() == Tile.ENTRIES
                  ? TileStore.bundle(connection, log, tile, last)
                  : TileStore.beginning(connection, log, tile, last));
    } catch (SQLException e) {
      throw new IllegalStateException("the database did not answer", e);
    }
  }

  /// How many leaves a tree must have to hold the whole tile.
  private static long lastLeaf(Tile tile) {
    int shift = 8 * Math.max(tile.level(), 0);
    if (shift > 54 || tile.index() >= 1L << 40) {
      return Long.MAX_VALUE;
    }
    long last = tile.index() * Tile.FULL + tile.width();
    return last <= Long.MAX_VALUE >> shift ? last << shift : Long.MAX_VALUE;
  }
}
