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

  private final String log;
  private final long size;
  private final Map<Key, byte[]> rows;
  private final Map<Key, byte[]> changed = new LinkedHashMap<>();

  private TileGrowth(String log, long size, Map<Key, byte[]> rows) {
    this.log = log;
    this.size = size;
    this.rows = rows;
  }

  /// Reads the right edge of a tree of `size` leaves, the rows that are not full yet.
  public static TileGrowth from(Connection connection, String log, long size) throws SQLException {
    List<Key> edge = new ArrayList<>();
    int level = 0;
    for (long held = size; held > 0; held /= Tile.FULL) {
      if (held % Tile.FULL > 0) {
        edge.add(new Key(level, held / Tile.FULL));
      }
      level++;
    }
    return new TileGrowth(
        log, size, edge.isEmpty() ? Map.of() : TileStore.find(connection, log, edge));
  }

  /// Computes the rows with these leaves behind the others.
  public void append(List<Hash> leafHashes) throws SQLException {
    grow(0, size, leafHashes);
  }

  /// Writes the rows that have changed. The caller holds the lock of the log's head.
  public void write(Connection connection) throws SQLException {
    TileStore.put(connection, log, changed);
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
      byte[] stored = rows.getOrDefault(key, new byte[0]);
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
