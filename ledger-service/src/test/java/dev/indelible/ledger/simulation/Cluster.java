package dev.indelible.ledger.simulation;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.merkle.Proofs;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/// A primary with a synchronous standby, and the former primary as long as somebody still reaches
/// it.
///
/// A transaction is visible as soon as the primary has it. PostgreSQL shows it when the wait for
/// the standby is over, cancelled or cut off by a restart; a wait that is cancelled at once, of
/// which the client hears late, looks just like this.
///
/// At most one of the two copies of a transaction is ever lost: against two disks that lie together
/// nothing helps.
final class Cluster implements Truth.Durable {
  private final SplittableRandom random;
  private final List<Commit> waiting = new ArrayList<>();
  private Server primary = new Server("P0");
  private Server standby = new Server("P1");
  private Optional<Server> former = Optional.empty();
  private int servers = 2;
  private int confirmed;
  private boolean linked = true;

  Cluster(SplittableRandom random) {
    this.random = random;
  }

  /// A connection out of a pool.
  record Connection(Server server, int life) {
    /// What a statement sees now.
    Rows rows() throws SQLException {
      if (server.life() != life) {
        throw new SQLException("the connection is broken");
      }
      return server.rows();
    }
  }

  /// A connection, in one of `oneIn` cases (0: never) to a server that is no longer the primary, if
  /// there is one.
  Connection connect(int oneIn) {
    boolean isOld = oneIn > 0 && former.isPresent() && random.nextInt(oneIn) == 0;
    Server server = isOld ? former.get() : primary;
    return new Connection(server, server.life());
  }

  Rows rows() {
    return primary.rows();
  }

  @Override
  public boolean has(TreeHead head) {
    return isDurable(
        rows ->
            head.size() <= rows.entries().size()
                && Proofs.head(head.size(), rows.tiles()).equals(head));
  }

  @Override
  public boolean has(long index, Hash leafHash) {
    return isDurable(
        rows ->
            index < rows.entries().size()
                && rows.entries().get((int) index).leafHash().equals(leafHash));
  }

  /// Whether something is so and stays so after a failover. A standby that lost what it had
  /// confirmed is not promoted before it has it again.
  private boolean isDurable(Predicate<Rows.Head> something) {
    return something.test(primary.rows().head())
        && (standby.position() < confirmed || something.test(standby.rows().head()));
  }

  /// Commits on the connection's server; what comes of it shows later.
  Commit commit(Connection connection, Rows rows) throws SQLException {
    connection.rows();
    connection.server().write(rows);
    Commit commit = new Commit(connection.server());
    waiting.add(commit);
    return commit;
  }

  /// The server dies while it writes a transaction: of its records all, some or none are on disk,
  /// and recovery keeps a transaction that is whole.
  String crashWriting(Connection connection, Rows rows) throws SQLException {
    connection.rows();
    boolean whole = random.nextBoolean();
    if (whole) {
      connection.server().write(rows);
    }
    return restart(connection.server()) + (whole ? ", transaction whole" : ", transaction torn");
  }

  /// The standby receives a part of what it lacks.
  Optional<String> replicate() {
    int behind = primary.position() - standby.position();
    if (linked && behind > 0) {
      standby.follow(primary, standby.position() + 1 + random.nextInt(behind));
    }
    if (linked) {
      confirmed = Math.max(confirmed, standby.position());
      waiting.forEach(commit -> commit.received(primary, standby.position()));
    }
    waiting.removeIf(Commit::isOver);
    return linked && behind > 0 ? Optional.of("replicated to " + standby) : Optional.empty();
  }

  /// Somebody loses patience with a wait.
  Optional<String> cancel() {
    if (waiting.isEmpty()) {
      return Optional.empty();
    }
    waiting.remove(random.nextInt(waiting.size())).cancel();
    return Optional.of("a wait for the standby is cancelled");
  }

  /// The link to the standby goes down or up.
  Optional<String> switchLink() {
    linked = !linked;
    return Optional.of(linked ? "the standby is back" : "the standby is cut off");
  }

  /// Whether the primary has what the standby lacks.
  boolean isAhead() {
    return primary.position() > standby.position();
  }

  /// Promotes the standby; the former primary goes on without knowing.
  Optional<String> failOver() {
    if (standby.position() < confirmed) {
      return Optional.empty();
    }
    return Optional.of(promote(Optional.of(primary)));
  }

  private String promote(Optional<Server> left) {
    retireFormer();
    former = left;
    int lost = primary.position() - standby.position();
    primary = standby;
    standby = Server.copyOf(primary, "P" + servers++);
    confirmed = primary.position();
    linked = true;
    return "failover to " + primary + ", " + lost + " transactions behind";
  }

  /// Nobody reaches the former primary any more.
  Optional<String> retireFormer() {
    Optional<String> told = former.map(server -> "the former primary " + server + " is shut down");
    former.ifPresent(Server::crash);
    former = Optional.empty();
    return told;
  }

  Optional<String> restartPrimary() {
    return isSpared(primary, standby) ? Optional.of(restart(primary)) : Optional.empty();
  }

  Optional<String> restartStandby() {
    return isSpared(standby, primary) ? Optional.of(restart(standby)) : Optional.empty();
  }

  private boolean isSpared(Server crashing, Server other) {
    return crashing.onDisk() >= confirmed || other.onDisk() >= confirmed;
  }

  private String restart(Server server) {
    int before = server.position();
    server.crash();
    String told =
        "restart of " + server + ", " + (before - server.position()) + " lost by its disk";
    // Whoever has more of the log is the one to go on with.
    boolean behind = server == primary && server.position() < standby.position();
    return behind ? told + "; " + promote(Optional.empty()) : told;
  }

  /// The disk of one server begins to lose what it says it has.
  Optional<String> lie() {
    Server server = random.nextBoolean() ? primary : standby;
    server.lie();
    return Optional.of("the disk of " + server + " lies");
  }

  /// No faults any more: everything is connected and one log.
  void heal() {
    retireFormer();
    linked = true;
  }
}
