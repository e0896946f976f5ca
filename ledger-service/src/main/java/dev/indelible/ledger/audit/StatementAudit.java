package dev.indelible.ledger.audit;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.audit.Findings.Place;
import dev.indelible.ledger.proof.OwnStatements;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.statement.Opening;
import dev.indelible.transparency.statement.Statement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/// Compares what the log says about itself with the entries that commit to it.
final class StatementAudit {
  private final Connection connection;
  private final Log log;
  private final Findings findings;

  StatementAudit(Connection connection, Log log, Findings findings) {
    this.connection = connection;
    this.log = log;
    this.findings = findings;
  }

  /// Compares the rows with the log's own entries, by index.
  ///
  /// @param entries the log's own entries among those from `start` to before `end`
  void check(Map<Long, Entry> entries, long start, long end) throws SQLException {
    Map<Long, Entry> left = new TreeMap<>(entries);
    String sql =
        "SELECT idx, statement, seed FROM log_statement"
            + " WHERE log = ? AND (idx >= ? OR idx < 0) AND idx < ? ORDER BY idx";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log.name());
      select.setLong(2, start);
      select.setLong(3, end);
      ResultSet row = select.executeQuery();
      while (row.next()) {
        findings.countStatement();
        long index = row.getLong(1);
        Entry entry = left.remove(index);
        if (entry == null) {
          differs(index, "idx", "the entry at this index is not the log's own");
        } else if (!matches(entry, row.getString(2), row.getBytes(3))) {
          differs(index, null, "statement and seed are not what the entry commits to");
        }
      }
    }
    left.keySet().forEach(index -> differs(index, null, "the statement is missing"));
  }

  private static boolean matches(Entry entry, String canonical, byte[] seed) {
    try {
      Statement statement = OwnStatements.parse(canonical);
      return statement.canonicalText().equals(canonical)
          && Opening.of(seed).commit(statement).root().equals(entry.statementRoot());
    } catch (RuntimeException unreadable) {
      return false;
    }
  }

  private void differs(
      long index, @org.jspecify.annotations.Nullable String field, String message) {
    Place place = new Place("log_statement", log.name() + "/" + index, field);
    findings.differs(place, null, index, message);
  }
}
