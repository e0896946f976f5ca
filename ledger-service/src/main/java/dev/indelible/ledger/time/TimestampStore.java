package dev.indelible.ledger.time;

import dev.indelible.ledger.block.Block;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The table `log_timestamp`. Rows are inserted once and never change.
public final class TimestampStore {
  private static final String SELECT =
      "SELECT id, block, checkpoint, reply, time FROM log_timestamp WHERE log = ? ";

  private TimestampStore() {}

  /// A row as it is, which need not be as it was written.
  public record Row(long id, long block, String checkpoint, Reply reply, Instant time) {}

  /// The reply's bytes; whether they can be read is another matter.
  public record Reply(java.nio.ByteBuffer buffer) {
    /// A copy.
    public byte[] bytes() {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return bytes;
    }
  }

  /// The newest.
  public static Optional<Row> last(Connection connection, String log) throws SQLException {
    return rows(connection, SELECT + "AND id > ? ORDER BY id DESC LIMIT 1", log, -1).stream()
        .findFirst();
  }

  /// The one of this number.
  public static Optional<Row> find(Connection connection, String log, long id) throws SQLException {
    return rows(connection, SELECT + "AND id = ?", log, id).stream().findFirst();
  }

  /// Up to `limit` with numbers above `after`, in order.
  public static List<Row> after(Connection connection, String log, long after, int limit)
      throws SQLException {
    return rows(connection, SELECT + "AND id > ? ORDER BY id LIMIT " + limit, log, after);
  }

  private static List<Row> rows(Connection connection, String sql, String log, long number)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log);
      select.setLong(2, number);
      ResultSet row = select.executeQuery();
      List<Row> rows = new ArrayList<>();
      while (row.next()) {
        rows.add(
            new Row(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                new Reply(java.nio.ByteBuffer.wrap(row.getBytes(4)).asReadOnlyBuffer()),
                row.getObject(5, OffsetDateTime.class).toInstant()));
      }
      return rows;
    }
  }

  /// Adds the next one, unless the block has one or another process was faster.
  static boolean insert(Connection connection, String log, Block block, TimestampReply reply)
      throws SQLException {
    String sql =
        "INSERT INTO log_timestamp (log, id, block, checkpoint, reply, time)"
            + " SELECT ?, coalesce(max(id) + 1, 0), ?, ?, ?, ? FROM log_timestamp WHERE log = ?"
            + " ON CONFLICT DO NOTHING";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, log);
      insert.setLong(2, block.number());
      insert.setString(3, block.witnessedNote().orElseThrow());
      insert.setBytes(4, reply.bytes());
      insert.setObject(5, OffsetDateTime.ofInstant(reply.time(), ZoneOffset.UTC));
      insert.setString(6, log);
      return insert.executeUpdate() == 1;
    }
  }
}
