package dev.indelible.ledger.block;

import dev.indelible.transparency.cose.Entry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The table `erasure`: which records have a tombstone. Rows are inserted once.
public final class ErasureStore {
  private ErasureStore() {}

  /// What names a record: issuer and subject of its entries.
  public record Named(String issuer, String record) {
    /// The names in an entry.
    public static Named in(Entry entry) {
      return new Named(entry.issuer(), entry.subject());
    }
  }

  /// A row.
  ///
  /// @param tombstone leaf index of the entry that says so
  public record Erasure(long tombstone, Named named) {}

  /// Says that a record is erased; saying it again changes nothing.
  public static void insert(Connection connection, String log, Erasure erasure)
      throws SQLException {
    String sql =
        "INSERT INTO erasure (log, tombstone, issuer, record) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT DO NOTHING";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, log);
      insert.setLong(2, erasure.tombstone());
      insert.setString(3, erasure.named().issuer());
      insert.setString(4, erasure.named().record());
      insert.executeUpdate();
    }
  }

  /// Whether the record is erased.
  public static boolean contains(Connection connection, String log, Named named)
      throws SQLException {
    String sql = "SELECT 1 FROM erasure WHERE log = ? AND record = ? AND issuer = ? LIMIT 1";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log);
      select.setString(2, named.record());
      select.setString(3, named.issuer());
      return select.executeQuery().next();
    }
  }

  /// The erasures whose tombstones are among the leaves `[start, end)`, in order.
  public static List<Erasure> list(Connection connection, String log, long start, long end)
      throws SQLException {
    String sql =
        "SELECT tombstone, issuer, record FROM erasure"
            + " WHERE log = ? AND tombstone >= ? AND tombstone < ? ORDER BY tombstone";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log);
      select.setLong(2, start);
      select.setLong(3, end);
      ResultSet rows = select.executeQuery();
      List<Erasure> erasures = new ArrayList<>();
      while (rows.next()) {
        Named named = new Named(rows.getString(2), rows.getString(3));
        erasures.add(new Erasure(rows.getLong(1), named));
      }
      return erasures;
    }
  }
}
