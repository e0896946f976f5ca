package dev.indelible.ledger.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// The table `lease`: who may write for now, by the database's clock. Two holders at once would do
/// no harm, since the second one's epoch has ended the first one's.
final class LeaseStore {
  private LeaseStore() {}

  /// Takes the lease if it is free, and begins a new epoch.
  static OptionalLong take(Connection connection, String log, LogStore.Holder holder, Duration term)
      throws SQLException {
    String sql =
        "UPDATE lease SET holder = ?, url = ?, epoch = epoch + 1,"
            + " until = clock_timestamp() + ? * interval '1 millisecond'"
            + " WHERE log = ? AND (holder = ? OR until < clock_timestamp()) RETURNING epoch";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, holder.id());
      update.setString(2, holder.url());
      update.setLong(3, term.toMillis());
      update.setString(4, log);
      update.setString(5, holder.id());
      ResultSet row = update.executeQuery();
      return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
    }
  }

  /// Keeps the lease; false when it is somebody else's by now.
  static boolean renew(Connection connection, String log, LogStore.Holder holder, Duration term)
      throws SQLException {
    String sql =
        "UPDATE lease SET until = clock_timestamp() + ? * interval '1 millisecond'"
            + " WHERE log = ? AND holder = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, term.toMillis());
      update.setString(2, log);
      update.setString(3, holder.id());
      return update.executeUpdate() == 1;
    }
  }

  /// Gives the lease back, so that nobody has to wait for its end.
  static void release(Connection connection, String log, LogStore.Holder holder)
      throws SQLException {
    String sql = "UPDATE lease SET until = '-infinity' WHERE log = ? AND holder = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, log);
      update.setString(2, holder.id());
      update.executeUpdate();
    }
  }

  /// Where the present holder is reached, if it is another process.
  static Optional<String> other(Connection connection, String log, LogStore.Holder self)
      throws SQLException {
    String sql =
        "SELECT url FROM lease WHERE log = ? AND until > clock_timestamp() AND holder <> ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log);
      select.setString(2, self.id());
      ResultSet row = select.executeQuery();
      return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
    }
  }
}
