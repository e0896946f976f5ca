package dev.indelible.bench;

import dev.indelible.local.Databases;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;

/// What PostgreSQL does without us: the same rows (an entry and its unique token), in the same
/// server, with the same fsync, from the same JVM.
final class RawPostgres implements AutoCloseable {
  private static final int ENTRY_BYTES = 300;

  private final Databases databases;
  private final List<Connection> connections;

  RawPostgres(Databases databases, int callers) {
    this.databases = databases;
    this.connections = IntStream.range(0, callers).mapToObj(i -> connect()).toList();
    run("DROP TABLE IF EXISTS raw_entry, raw_token");
    run("CREATE TABLE raw_entry (idx bigserial PRIMARY KEY, bytes bytea NOT NULL)");
    run("CREATE TABLE raw_token (digest bytea PRIMARY KEY, idx bigint NOT NULL)");
  }

  private Connection connect() {
    try {
      return databases.connect("ledger");
    } catch (SQLException e) {
      throw new IllegalStateException("the baseline has no connection", e);
    }
  }

  private void run(String sql) {
    try (var statement = connections.getFirst().createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /// One transaction an entry, as a client does that has one entry at a time.
  Load inserts() {
    return Load.of(connections.stream().<Load.Caller>map(c -> () -> insert(c)).toList());
  }

  private static int insert(Connection connection) throws SQLException {
    String sql =
        "WITH e AS (INSERT INTO raw_entry (bytes) VALUES (?) RETURNING idx)"
            + " INSERT INTO raw_token SELECT ?, idx FROM e";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setBytes(1, bytes(ENTRY_BYTES));
      insert.setBytes(2, bytes(32));
      return insert.executeUpdate();
    }
  }

  /// `COPY` of many entries and their tokens in one transaction.
  Load copies(int rows) {
    return Load.of(connections.stream().<Load.Caller>map(c -> () -> copy(c, rows)).toList());
  }

  private static int copy(Connection connection, int rows) throws SQLException, IOException {
    connection.setAutoCommit(false);
    HexFormat hex = HexFormat.of();
    StringBuilder entries = new StringBuilder(rows * 2 * ENTRY_BYTES);
    StringBuilder tokens = new StringBuilder(rows * 80);
    for (int i = 0; i < rows; i++) {
      entries.append("\\\\x").append(hex.formatHex(bytes(ENTRY_BYTES))).append('\n');
      tokens.append("\\\\x").append(hex.formatHex(bytes(32))).append('\t').append(i).append('\n');
    }
    copy(connection, "COPY raw_entry (bytes) FROM STDIN", entries);
    copy(connection, "COPY raw_token FROM STDIN", tokens);
    connection.commit();
    return rows;
  }

  private static void copy(Connection connection, String sql, StringBuilder text)
      throws SQLException, IOException {
    byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
    connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, new ByteArrayInputStream(bytes));
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    ThreadLocalRandom.current().nextBytes(bytes);
    return bytes;
  }

  @Override
  public void close() {
    run("DROP TABLE raw_entry, raw_token");
    for (Connection connection : connections) {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new IllegalStateException("the baseline's connection did not close", e);
      }
    }
  }
}
