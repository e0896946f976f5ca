package dev.indelible.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// A second PostgreSQL server that follows a first one by streaming replication and can take its
/// place (PostgreSQL 18, chapters 25.3.2 and 26.2).
///
/// The embedded programs lack `pg_basebackup`, so the base backup is made by the low-level
/// functions and a copy of the files.
public final class PostgresStandby {

  /// Its name in `synchronous_standby_names` of the first server.
  public static final String NAME = "standby";

  private final PostgresServer first;
  private final PostgresServer server;

  /// Nothing is copied and nothing runs before [#start].
  PostgresStandby(PostgresServer first, PostgresServer server) {
    this.first = first;
    this.server = server;
  }

  /// The process.
  public Node node() {
    return server.node();
  }

  /// What is on it; read-only until it is promoted.
  public Databases databases() {
    return server.databases();
  }

  /// Copies the first server, which goes on working, and follows it from there.
  public void start() {
    try (Connection connection = first.databases().connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("select pg_backup_start('" + NAME + "', fast => true)");
      copy(first.data(), server.data());
      try (ResultSet label =
          statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
        label.next();
        Files.writeString(server.data().resolve("backup_label"), label.getString(1));
      }
      follow();
    } catch (SQLException | IOException e) {
      throw new LocalException("No base backup: " + e.getMessage(), "see the log of PostgreSQL", e);
    }
    server.start();
  }

  private static void copy(Path from, Path to) {
    Commands.Outcome outcome = Commands.run(List.of("cp", "-Rp", from.toString(), to.toString()));
    // Files may go while they are copied; what matters is in the write-ahead log, which follows.
    if (!Files.exists(to.resolve("PG_VERSION"))) {
      throw new LocalException("cannot copy " + from + ": " + outcome.output(), "make room");
    }
  }

  private void follow() throws IOException {
    Path data = server.data();
    Files.deleteIfExists(data.resolve("postmaster.pid"));
    Files.createFile(data.resolve("standby.signal"));
    // A copy of the first server's settings would make the standby wait for itself.
    Files.writeString(
        data.resolve("postgresql.auto.conf"),
        "primary_conninfo = 'host=127.0.0.1 port=%d user=%s password=%s application_name=%s'\n"
            .formatted(
                first.databases().port(), Databases.SUPERUSER, first.databases().password(), NAME));
  }

  /// Starts it again after it was stopped or killed.
  public void restart() {
    server.start();
  }

  /// Makes it the server that takes writes.
  public void promote() {
    try (Connection connection = databases().connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet promoted = statement.executeQuery("select pg_promote(true, 60)")) {
      promoted.next();
      if (!promoted.getBoolean(1)) {
        throw new LocalException("The standby is not promoted", "see " + node().log());
      }
    } catch (SQLException e) {
      throw new LocalException("Not promoted: " + e.getMessage(), "see " + node().log(), e);
    }
  }
}
