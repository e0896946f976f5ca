package dev.indelible.ledger.tile;

import dev.indelible.ledger.tile.TileStore.Key;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.CompactRange;
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

  /// The perfect subtrees of the tree of the first `size` leaves.
  public CompactRange range(long size) {
    List<Hash> nodes = new ArrayList<>();
    long start = 0;
    for (long rest = size; rest > 0; rest -= Long.highestOneBit(rest)) {
      int level = Long.numberOfTrailingZeros(Long.highestOneBit(rest));
      nodes.add(node(level, start >> level));
      start += Long.highestOneBit(rest);
    }
    return new CompactRange(size, nodes);
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
