package dev.indelible.ledger.tile;

import dev.indelible.ledger.tile.TileStore.Key;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.Nodes;
import dev.indelible.transparency.merkle.Tile;
import dev.indelible.transparency.merkle.TreeHash;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The nodes of a log's tree as its tile rows say, each row read once. Lives as long as the
/// connection's transaction.
public final class StoredNodes implements Nodes {
  private static final int LEVELS_PER_TILE = 8;

  private final Connection connection;
  private final String log;
  private final Map<Key, byte[]> rows = new HashMap<>();

  /// Reads through this connection.
  public StoredNodes(Connection connection, String log) {
    this.connection = connection;
    this.log = log;
  }

  @Override
  public Hash node(int level, long index) {
    int tileLevel = level / LEVELS_PER_TILE;
    int within = level % LEVELS_PER_TILE;
    int count = 1 << within;
    long first = index << within;
    byte[] row = row(new Key(tileLevel, first / Tile.FULL));
    int at = (int) (first % Tile.FULL) * Hash.LENGTH;
    if (at + count * Hash.LENGTH > row.length) {
      throw new IllegalArgumentException(
          "log " + log + " does not hold node " + index + " of level " + level);
    }
    List<Hash> hashes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      hashes.add(Hash.at(row, at + i * Hash.LENGTH));
    }
    return TreeHash.of(hashes);
  }

  /// Fetches, in one question, the rows that the right edges of the trees of `from` and of `to`
  /// leaves run through, and all level 0 rows between them.
  public void fetchEdges(long from, long to) throws SQLException {
    List<Key> keys = new ArrayList<>();
    int shift = 0;
    for (int level = 0; level == 0 || to >> shift > 0; level++) {
      long first = Math.max(0, (from >> shift) - 1) / Tile.FULL;
      long last = Math.max(0, (to >> shift) - 1) / Tile.FULL;
      for (long n = first; n <= last; n++) {
        keys.add(new Key(level, n));
      }
      shift += LEVELS_PER_TILE;
    }
    rows.putAll(TileStore.find(connection, log, keys));
  }

  private byte[] row(Key key) {
    byte[] row = rows.get(key);
    if (row == null) {
      try {
        row = TileStore.find(connection, log, key).orElse(new byte[0]);
      } catch (SQLException e) {
        throw new IllegalStateException("cannot read tile " + key + " of " + log, e);
      }
      rows.put(key, row);
    }
    return row;
  }
}
