package dev.indelible.ledger.key;

import dev.indelible.ledger.proof.OwnStatements;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.statement.Opening;
import dev.indelible.transparency.statement.Statement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads what a log said of itself, and believes only what an entry commits to.
final class OwnEntries {
  private OwnEntries() {}

  /// A row and the entry at its index.
  ///
  /// @param opened nothing when the entry does not commit to this statement
  record Row(long index, Optional<OwnEntry> opened) {}

  /// The statements at the indices `[start, end)`, in order.
  static List<Row> read(Connection connection, String log, long start, long end)
      throws SQLException {
    String sql =
        "SELECT s.idx, s.statement, s.seed, e.bytes FROM log_statement s"
            + " LEFT JOIN entry e ON e.log = s.log AND e.idx = s.idx"
            + " WHERE s.log = ? AND s.idx >= ? AND s.idx < ? ORDER BY s.idx";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log);
      select.setLong(2, start);
      select.setLong(3, end);
      ResultSet row = select.executeQuery();
      List<Row> rows = new ArrayList<>();
      while (row.next()) {
        rows.add(new Row(row.getLong(1), open(row)));
      }
      return rows;
    }
  }

  private static Optional<OwnEntry> open(ResultSet row) throws SQLException {
    String canonical = row.getString(2);
    byte[] seed = row.getBytes(3);
    byte[] bytes = row.getBytes(4);
    try {
      Entry entry = Entry.parse(bytes);
      Statement statement = OwnStatements.parse(canonical);
      boolean committed =
          statement.canonicalText().equals(canonical)
              && Opening.of(seed).commit(statement).root().equals(entry.statementRoot());
      return committed
          ? Optional.of(new OwnEntry(row.getLong(1), entry, statement))
          : Optional.empty();
    } catch (RuntimeException unreadable) {
      return Optional.empty();
    }
  }
}
