package dev.indelible.ledger.tile;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.Tile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postgresql.PGConnection;

/// The table `tile`: hashes side by side, 1 to 256 of them.
public final class TileStore {
  private static final String SEALED =
      "? <= (SELECT end_ FROM block WHERE log = ? ORDER BY number DESC LIMIT 1)";

  private TileStore() {}

  /// Where a row is within its log.
  ///
  /// @param level tile level, 0 for leaf hashes
  /// @param n number within the level
  public record Key(int level, long n) {}

  /// The hashes of a row.
  public static Optional<byte[]> find(Connection connection, String log, Key key)
      throws SQLException {
    String sql = "SELECT hashes FROM tile WHERE log = ? AND level = ? AND n = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log);
      select.setInt(2, key.level());
      select.setLong(3, key.n());
      return bytes(select.executeQuery());
    }
  }

  /// The hashes of those of these rows that there are.
  static Map<Key, byte[]> find(Connection connection, String log, List<Key> keys)
      throws SQLException {
    // LIMIT keeps the planner from reading the whole table for a handful of rows.
    String sql =
        "SELECT k.level, k.n, t.hashes FROM unnest(?, ?) AS k(level, n) CROSS JOIN LATERAL"
            + " (SELECT hashes FROM tile WHERE log = ? AND level = k.level AND n = k.n LIMIT 1) t";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int[] levels = keys.stream().mapToInt(Key::level).toArray();
      long[] numbers = keys.stream().mapToLong(Key::n).toArray();
      select.setArray(1, connection.unwrap(PGConnection.class).createArrayOf("int4", levels));
      select.setArray(2, connection.unwrap(PGConnection.class).createArrayOf("int8", numbers));
      select.setString(3, log);
      ResultSet found = select.executeQuery();
      Map<Key, byte[]> rows = new HashMap<>();
      while (found.next()) {
        rows.put(new Key(found.getInt(1), found.getLong(2)), found.getBytes(3));
      }
      return rows;
    }
  }

  static void put(Connection connection, String log, Map<Key, byte[]> rows) throws SQLException {
    String sql =
        "INSERT INTO tile (log, level, n, hashes) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (log, level, n) DO UPDATE SET hashes = EXCLUDED.hashes";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (Map.Entry<Key, byte[]> row : rows.entrySet()) {
        insert.setString(1, log);
        insert.setInt(2, row.getKey().level());
        insert.setLong(3, row.getKey().n());
        insert.setBytes(4, row.getValue());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /// The leaf hashes `[start, end)`, in order; fewer when rows are missing.
  public static List<Hash> leafHashes(Connection connection, String log, long start, long end)
      throws SQLException {
    String sql =
        "SELECT n, hashes FROM tile WHERE log = ? AND level = 0 AND n >= ? AND n <= ? ORDER BY n";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log);
      select.setLong(2, start / Tile.FULL);
      select.setLong(3, (end - 1) / Tile.FULL);
      ResultSet rows = select.executeQuery();
      List<Hash> hashes = new ArrayList<>();
      while (rows.next()) {
        long first = rows.getLong(1) * Tile.FULL;
        byte[] row = rows.getBytes(2);
        for (int i = 0; i * Hash.LENGTH < row.length; i++) {
          if (first + i >= start && first + i < end) {
            hashes.add(Hash.at(row, i * Hash.LENGTH));
          }
        }
      }
      return hashes;
    }
  }

  /// The first hashes of a row, as many as the tile is wide; nothing when no block ends at or
  /// behind leaf `last`. One question, since readers of a whole log ask it for every 256 entries.
  static Optional<byte[]> beginning(Connection connection, String log, Tile tile, long last)
      throws SQLException {
    String sql =
        "SELECT substring(hashes FOR ?) FROM tile WHERE log = ? AND level = ? AND n = ?"
            + " AND octet_length(hashes) >= ? AND "
            + SEALED;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int bytes = tile.width() * Hash.LENGTH;
      select.setInt(1, bytes);
      select.setString(2, log);
      select.setInt(3, tile.level());
      select.setLong(4, tile.index());
      select.setInt(5, bytes);
      select.setLong(6, last);
      select.setString(7, log);
      return bytes(select.executeQuery());
    }
  }

  /// The entries of a bundle, each behind its length in two bytes (C2SP tlog-tiles); nothing when
  /// one is missing or no block ends at or behind leaf `last`.
  static Optional<byte[]> bundle(Connection connection, String log, Tile bundle, long last)
      throws SQLException {
    String sql =
        "SELECT string_agg(substring(int4send(octet_length(bytes)) FROM 3) || bytes, '' ORDER BY idx)"
            + " FROM entry WHERE log = ? AND idx >= ? AND idx < ? AND "
            + SEALED
            + " HAVING count(*) = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      long start = bundle.index() * Tile.FULL;
      select.setString(1, log);
      select.setLong(2, start);
      select.setLong(3, start + bundle.width());
      select.setLong(4, last);
      select.setString(5, log);
      select.setInt(6, bundle.width());
      return bytes(select.executeQuery());
    }
  }

  private static Optional<byte[]> bytes(ResultSet row) throws SQLException {
    return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
  }

  /// The entries `[start, end)`, in order; fewer when the log ends inside.
  public static List<byte[]> entries(Connection connection, String log, long start, long end)
      throws SQLException {
    String sql = "SELECT bytes FROM entry WHERE log = ? AND idx >= ? AND idx < ? ORDER BY idx";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log);
      select.setLong(2, start);
      select.setLong(3, end);
      ResultSet rows = select.executeQuery();
      List<byte[]> entries = new ArrayList<>();
      while (rows.next()) {
        entries.add(rows.getBytes(1));
      }
      return entries;
    }
  }
}
