package dev.indelible.ledger.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// The table `audit_progress`. Decides nothing but where the next slice begins: whoever edits it
/// has blocks audited sooner or later than their turn.
final class AuditProgress {
  private AuditProgress() {}

  /// The block behind which the next slice begins.
  static long read(Connection connection, String log) throws SQLException {
    String sql = "SELECT block FROM audit_progress WHERE log = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log);
      ResultSet row = select.executeQuery();
      return row.next() ? row.getLong(1) : LogAudit.NOTHING;
    }
  }

  static boolean write(Connection connection, String log, long block, Instant now)
      throws SQLException {
    String sql =
        "INSERT INTO audit_progress (log, block, at) VALUES (?, ?, ?)"
            + " ON CONFLICT (log) DO UPDATE SET block = EXCLUDED.block, at = EXCLUDED.at";
    try (PreparedStatement upsert = connection.prepareStatement(sql)) {
      upsert.setString(1, log);
      upsert.setLong(2, block);
      upsert.setObject(3, OffsetDateTime.ofInstant(now, ZoneOffset.UTC));
      return upsert.executeUpdate() == 1;
    }
  }
}
