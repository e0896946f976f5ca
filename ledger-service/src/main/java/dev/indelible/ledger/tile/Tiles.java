package dev.indelible.ledger.tile;

import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.tile.TileStore.Key;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.EntryBundle;
import dev.indelible.transparency.merkle.Tile;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Tiles and entry bundles of what is sealed, at every width that a checkpoint was published for.
@ApplicationScoped
public class Tiles {
  private final Transactions transactions;

  Tiles(Transactions transactions) {
    this.transactions = transactions;
  }

  /// The bytes of a tile or bundle, or nothing when the tree of `sealed` leaves does not reach it.
  public Optional<byte[]> find(String log, Tile tile, long sealed) {
    if (lastLeaf(tile) > sealed) {
      return Optional.empty();
    }
    return transactions.read(
        connection -> {
          if (tile.level() == Tile.ENTRIES) {
            List<byte[]> entries = TileStore.entries(connection, log, tile);
            return Optional.of(entries)
                .filter(found -> found.size() == tile.width())
                .map(EntryBundle::encode);
          }
          int bytes = tile.width() * Hash.LENGTH;
          return TileStore.find(connection, log, new Key(tile.level(), tile.index()))
              .filter(row -> row.length >= bytes)
              .map(row -> Arrays.copyOf(row, bytes));
        });
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
