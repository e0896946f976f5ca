package dev.indelible.ledger.tile;

import dev.indelible.ledger.tile.TileStore.Key;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.Tile;
import dev.indelible.transparency.merkle.TreeHash;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Appends leaf hashes to a log's tile rows. Only a full tile hands its root to the level above:
/// partial tiles are never hashed upward (C2SP tlog-tiles).
public final class TileGrowth {
  private static final int FULL_BYTES = Tile.FULL * Hash.LENGTH;

  private final Connection connection;
  private final String log;
  private final Map<Key, byte[]> changed = new LinkedHashMap<>();

  private TileGrowth(Connection connection, String log) {
    this.connection = connection;
    this.log = log;
  }

  /// Appends to a tree of `size` leaves. The caller holds the lock of the log's head.
  public static void append(Connection connection, String log, long size, List<Hash> leafHashes)
      throws SQLException {
    TileGrowth growth = new TileGrowth(connection, log);
    growth.grow(0, size, leafHashes);
    TileStore.put(connection, log, growth.changed);
  }

  private void grow(int level, long held, List<Hash> hashes) throws SQLException {
    List<Hash> above = new ArrayList<>();
    long n = held / Tile.FULL;
    ByteArrayOutputStream row = rightmost(level, held);
    for (Hash hash : hashes) {
      row.writeBytes(hash.bytes());
      if (row.size() == FULL_BYTES) {
        above.add(close(new Key(level, n++), row.toByteArray()));
        row.reset();
      }
    }
    if (row.size() > 0) {
      changed.put(new Key(level, n), row.toByteArray());
    }
    if (!above.isEmpty()) {
      grow(level + 1, held / Tile.FULL, above);
    }
  }

  private ByteArrayOutputStream rightmost(int level, long held) throws SQLException {
    ByteArrayOutputStream row = new ByteArrayOutputStream();
    int width = (int) (held % Tile.FULL);
    if (width > 0) {
      Key key = new Key(level, held / Tile.FULL);
      byte[] stored = TileStore.find(connection, log, key).orElse(new byte[0]);
      if (stored.length != width * Hash.LENGTH) {
        throw new SQLException("tile " + key + " of " + log + " is not " + width + " wide");
      }
      row.writeBytes(stored);
    }
    return row;
  }

  private Hash close(Key key, byte[] full) {
    changed.put(key, full);
    List<Hash> hashes = new ArrayList<>(Tile.FULL);
    for (int at = 0; at < full.length; at += Hash.LENGTH) {
      hashes.add(Hash.at(full, at));
    }
    return TreeHash.of(hashes);
  }
}
