package dev.indelible.ledger.simulation;

import dev.indelible.ledger.block.SelfCheckException;
import dev.indelible.ledger.simulation.Cluster.Connection;
import dev.indelible.ledger.simulation.Faults.Kind;
import dev.indelible.ledger.simulation.Surroundings.Rule;
import java.sql.SQLException;
import java.time.Duration;

/// How one process reaches the world. Every call is a scheduling point before it, and after it one
/// where the process may die or never hear the answer.
final class Session {
  private static final Duration STALL = Duration.ofSeconds(5);

  private final Surroundings around;
  private final Runnable die;

  /// What is asked, or asked to change.
  @FunctionalInterface
  interface Request<T> {
    /// Does it, on one connection.
    T on(Connection connection) throws SQLException;
  }

  /// What a transaction answers and leaves behind.
  record Change<T>(T answer, Rows rows) {}

  /// @param die kills the process
  Session(Surroundings around, Runnable die) {
    this.around = around;
    this.die = die;
  }

  /// A scheduling point inside a transaction.
  void pause(String what) {
    if (around.faults().happens(Kind.STALLS)) {
      around.truth().tell("stalls " + what);
      around.baton().sleep(STALL);
    }
    around.baton().pause();
  }

  /// Reads without a transaction.
  <T> T read(String what, Request<T> request) throws SQLException {
    send(what);
    T answer = request.on(connect());
    hear(what);
    return answer;
  }

  /// Reads, and when what is read is objected to, commits on the same connection before that
  /// counts.
  <T> T check(String what, Request<T> request, Request<Change<Boolean>> confirmation)
      throws SQLException {
    send(what);
    Connection connection = connect();
    try {
      T answer = request.on(connection);
      hear(what);
      return answer;
    } catch (SelfCheckException e) {
      write("confirm what was " + what, connection, confirmation);
      throw e;
    }
  }

  /// Runs a transaction and commits, as `Transactions.write` does: returns only when COMMIT
  /// returned cleanly.
  <T> T write(String what, Request<Change<T>> transaction) throws SQLException {
    return write(what, connect(), transaction);
  }

  private <T> T write(String what, Connection connection, Request<Change<T>> transaction)
      throws SQLException {
    send(what);
    if (around.faults().happens(Kind.LATE)) {
      around.later(what, () -> commit(what, connection, transaction.on(connection)));
      throw new SQLException("no answer");
    }
    Change<T> change = transaction.on(connection);
    if (around.faults().happens(Kind.SERVER_DIES)) {
      around.truth().tell(what + ": " + around.cluster().crashWriting(connection, change.rows()));
      throw new SQLException("the server is gone");
    }
    await(what, commit(what, connection, change));
    hear(what);
    return change.answer();
  }

  private <T> Commit commit(String what, Connection connection, Change<T> change)
      throws SQLException {
    Commit commit = around.cluster().commit(connection, change.rows());
    around.truth().tell(what + " commits on " + connection.server());
    return commit;
  }

  private void await(String what, Commit commit) throws SQLException {
    around.baton().await(commit::isOver);
    boolean accepted = around.rules().keep(Rule.BARRIER) ? commit.isClean() : commit.isAnswered();
    if (!accepted) {
      around.truth().tell(what + " is in doubt");
      throw new SQLException("the commit did not return cleanly");
    }
  }

  private Connection connect() {
    return around.cluster().connect(around.rules().formerPrimary());
  }

  /// The way there.
  void send(String what) throws SQLException {
    pause("before " + what);
    dieIf(Kind.DIES_BEFORE, what);
    failIf(Kind.REFUSED, what);
  }

  /// The way back.
  void hear(String what) throws SQLException {
    dieIf(Kind.DIES_AFTER, what);
    failIf(Kind.ANSWER_LOST, what);
  }

  private void failIf(Kind kind, String what) throws SQLException {
    if (around.faults().happens(kind)) {
      around.truth().tell(what + ": " + kind);
      throw new SQLException(kind.name());
    }
  }

  private void dieIf(Kind kind, String what) {
    if (around.faults().happens(kind)) {
      around.truth().tell(what + ": " + kind);
      die.run();
      around.baton().pause();
    }
  }
}
