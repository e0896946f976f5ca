package dev.indelible.ledger.head;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.CompactRange;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The table `log_head`. Whoever changes it names the size and the epoch it changes from.
public final class HeadStore {
  private static final String SELECT = "SELECT size, frontier, epoch, frozen FROM log_head";

  private HeadStore() {}

  /// Makes the rows of a log that is here for the first time.
  public static void create(Connection connection, String log) throws SQLException {
    execute(
        connection,
        "INSERT INTO log_head (log, size, root, frontier, epoch) VALUES (?, 0, '\\x"
            + Hash.EMPTY_TREE.toHex()
            + "', '', 0) ON CONFLICT DO NOTHING",
        log);
    execute(
        connection,
        "INSERT INTO lease (log, holder, url, epoch, until)"
            + " VALUES (?, '', '', 0, '-infinity') ON CONFLICT DO NOTHING",
        log);
    execute(
        connection, "INSERT INTO barrier (log, passed) VALUES (?, 0) ON CONFLICT DO NOTHING", log);
  }

  /// Reads the row.
  public static Head read(Connection connection, String log) throws SQLException {
    return select(connection, SELECT + " WHERE log = ?", log);
  }

  /// Moves the head on, from exactly this tree in exactly this epoch.
  ///
  /// @return how often tokens have been added by anybody but a writer
  /// @throws FencedException when another writer is in office by now, or has been
  /// @throws FrozenException when nobody may write
  public static long swap(
      Connection connection, String log, long epoch, CompactRange from, CompactRange to)
      throws SQLException {
    String sql =
        "UPDATE log_head SET size = ?, root = ?, frontier = ?"
            + " WHERE log = ? AND size = ? AND root = ? AND epoch = ? AND frozen IS NULL RETURNING rekeyed";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, to.size());
      update.setBytes(2, to.head().root().bytes());
      update.setBytes(3, concatenate(to.nodes()));
      update.setString(4, log);
      update.setLong(5, from.size());
      update.setBytes(6, from.head().root().bytes());
      update.setLong(7, epoch);
      ResultSet moved = update.executeQuery();
      if (moved.next()) {
        return moved.getLong(1);
      }
    }
    Optional<String> frozen = read(connection, log).frozen();
    if (frozen.isPresent()) {
      throw new FrozenException(frozen.get());
    }
    throw new FencedException(log, epoch);
  }

  /// Changes something in an epoch, so that a clean commit says that nobody else has written since
  /// it began: what was read on this connection still holds.
  ///
  /// @throws FencedException when the epoch is over
  public static void confirm(Connection connection, String log, long epoch) throws SQLException {
    if (select(connection, SELECT + " WHERE log = ? FOR UPDATE", log).epoch() != epoch) {
      throw new FencedException(log, epoch);
    }
    barrier(connection, log);
  }

  /// Locks the row, so that until this transaction's end nobody appends, adds tokens or takes
  /// office.
  public static void lock(Connection connection, String log) throws SQLException {
    select(connection, SELECT + " WHERE log = ? FOR UPDATE", log);
  }

  /// How often tokens have been added by anybody but a writer.
  public static long rekeyed(Connection connection, String log) throws SQLException {
    String sql = "SELECT rekeyed FROM log_head WHERE log = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log);
      ResultSet row = select.executeQuery();
      row.next();
      return row.getLong(1);
    }
  }

  /// Says that this transaction is about to add tokens. No writer appends until it is over.
  public static void rekey(Connection connection, String log) throws SQLException {
    execute(connection, "UPDATE log_head SET rekeyed = rekeyed + 1 WHERE log = ?", log);
  }

  /// Puts a new writer in office.
  public static void setEpoch(Connection connection, String log, long epoch) throws SQLException {
    String sql = "UPDATE log_head SET epoch = ? WHERE log = ? AND epoch < ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, epoch);
      update.setString(2, log);
      update.setLong(3, epoch);
      if (update.executeUpdate() != 1) {
        throw new FencedException(log, epoch);
      }
    }
  }

  /// Has this transaction's statements wait so long for a lock and then fail. COMMIT takes none, so
  /// it is not cut short.
  public static void waitAtMost(Connection connection, Duration time) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL lock_timeout = " + time.toMillis());
    }
  }

  /// Ends the session that has changed the head and neither commits nor says anything, as of a
  /// process that stands still. In the middle of `COPY` no timeout of the server does
  /// (`idle_in_transaction_session_timeout` does between two statements). One that waits for
  /// anything but its client is at work, or in its COMMIT, and is left alone.
  ///
  /// @return whether there was one
  public static boolean free(Connection connection, String log) throws SQLException {
    String sql =
        """
        SELECT pg_terminate_backend(activity.pid)
        FROM log_head JOIN pg_locks ON locktype = 'transactionid' AND transactionid = log_head.xmax
        JOIN pg_stat_activity activity ON activity.pid = pg_locks.pid
        WHERE log = ? AND granted AND wait_event_type = 'Client'
        """;
    try (PreparedStatement end = connection.prepareStatement(sql)) {
      end.setString(1, log);
      return end.executeQuery().next();
    }
  }

  /// Forbids writing until an operator clears the column. The first reason stays.
  public static void freeze(Connection connection, String log, String reason) throws SQLException {
    String sql = "UPDATE log_head SET frozen = ? WHERE log = ? AND frozen IS NULL";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, reason);
      update.setString(2, log);
      update.executeUpdate();
    }
  }

  /// Whether writing is forbidden until an operator clears the column.
  public static boolean isFrozen(Connection connection, String log) throws SQLException {
    String sql = "SELECT FROM log_head WHERE log = ? AND frozen IS NOT NULL";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log);
      return select.executeQuery().next();
    }
  }

  /// Commits something, so that a clean return covers all that was read before.
  public static void barrier(Connection connection, String log) throws SQLException {
    execute(connection, "UPDATE barrier SET passed = passed + 1 WHERE log = ?", log);
  }

  private static Head select(Connection connection, String sql, String log) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log);
      ResultSet row = select.executeQuery();
      row.next();
      return new Head(
          new CompactRange(row.getLong(1), split(row.getBytes(2))),
          row.getLong(3),
          Optional.ofNullable(row.getString(4)));
    }
  }

  private static void execute(Connection connection, String sql, String log) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, log);
      statement.executeUpdate();
    }
  }

  private static byte[] concatenate(List<Hash> nodes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    nodes.forEach(node -> out.writeBytes(node.bytes()));
    return out.toByteArray();
  }

  private static List<Hash> split(byte[] frontier) {
    List<Hash> nodes = new ArrayList<>();
    for (int at = 0; at + Hash.LENGTH <= frontier.length; at += Hash.LENGTH) {
      nodes.add(Hash.at(frontier, at));
    }
    return nodes;
  }
}
