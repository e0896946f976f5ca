package dev.indelible.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import javax.sql.DataSource;

/// How work on the database begins and ends. Nothing here has a timeout: a COMMIT is never
/// cancelled, because a cancelled wait for the standby reports success.
@ApplicationScoped
public class Transactions {
  private final DataSource database;

  Transactions(DataSource database) {
    this.database = database;
  }

  /// Something done on one connection.
  @FunctionalInterface
  public interface Work<T> {
    /// Does it.
    T on(Connection connection) throws SQLException;
  }

  /// Runs work at READ COMMITTED and commits.
  ///
  /// @throws DoubtfulCommitException when COMMIT failed or returned with a warning, such as
  ///   PostgreSQL's about a transaction that is only locally durable
  public <T> T write(Work<T> work) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return write(connection, work);
    }
  }

  /// The same on a connection on which something has been read, outside a transaction.
  public <T> T write(Connection connection, Work<T> work) throws SQLException {
    connection.setAutoCommit(false);
    T result = run(work, connection);
    commit(connection);
    return result;
  }

  /// Runs statements each of which sees what is committed by its time. Half the questions to the
  /// server that [#read] takes, for those who need no common snapshot.
  public <T> T query(Work<T> work) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return work.on(connection);
    }
  }

  /// Runs work in one snapshot that sees no later commit.
  public <T> T read(Work<T> work) {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      // Goes to the server together with BEGIN and ends with the transaction.
      try (Statement snapshot = connection.createStatement()) {
        snapshot.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
      }
      try {
        return run(work, connection);
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the database did not answer", e);
    }
  }

  private static <T> T run(Work<T> work, Connection connection) throws SQLException {
    try {
      return work.on(connection);
    } catch (SQLException | RuntimeException e) {
      try {
        connection.rollback();
      } catch (SQLException broken) {
        e.addSuppressed(broken);
      }
      throw e;
    }
  }

  private static void commit(Connection connection) throws SQLException {
    connection.clearWarnings();
    try {
      connection.commit();
    } catch (SQLException e) {
      throw new DoubtfulCommitException(e);
    }
    SQLWarning warning = connection.getWarnings();
    if (warning != null) {
      throw new DoubtfulCommitException(warning);
    }
  }
}
