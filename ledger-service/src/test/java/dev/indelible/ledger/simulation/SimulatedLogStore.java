package dev.indelible.ledger.simulation;

import dev.indelible.ledger.head.Head;
import dev.indelible.ledger.log.BatchPlan;
import dev.indelible.ledger.log.LogStore;
import dev.indelible.ledger.log.Submission;
import dev.indelible.ledger.log.WriterUnderTest;
import dev.indelible.ledger.simulation.Cluster.Connection;
import dev.indelible.ledger.simulation.Faults.Kind;
import dev.indelible.ledger.simulation.Rows.Lease;
import dev.indelible.ledger.simulation.Session.Change;
import dev.indelible.ledger.simulation.Surroundings.Rule;
import dev.indelible.transparency.merkle.CompactRange;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What `SqlLogStore` does with its statements, done with rows.
final class SimulatedLogStore implements LogStore {
  private final Surroundings around;
  private final Session session;

  SimulatedLogStore(Surroundings around, Session session) {
    this.around = around;
    this.session = session;
  }

  @Override
  public Head head(String log) throws SQLException {
    return session.read("head", connection -> read(connection.rows().head()));
  }

  private static Head read(Rows.Head head) {
    return new Head(head.range(), head.epoch(), head.frozen());
  }

  @Override
  public Optional<Head> takeOffice(String log, Holder self, Duration term) throws SQLException {
    return session.write("takeOffice", connection -> takeOffice(connection.rows(), self, term));
  }

  private Change<Optional<Head>> takeOffice(Rows rows, Holder self, Duration term) {
    Lease lease = rows.lease();
    long now = around.baton().now();
    boolean isFree = lease.holder().equals(self.id()) || lease.until() < now;
    if (!isFree && !around.faults().happens(Kind.LEASE_WRONG)) {
      return new Change<>(Optional.empty(), rows);
    }
    long epoch = lease.epoch() + 1;
    if (rows.head().epoch() >= epoch) {
      throw WriterUnderTest.fenced("log", epoch);
    }
    Lease taken = new Lease(self.id(), epoch, now + term.toMillis());
    Rows.Head head = rows.head().withEpoch(epoch);
    return new Change<>(Optional.of(read(head)), rows.with(taken).with(head));
  }

  @Override
  public boolean renewOffice(String log, Holder self, Duration term) throws SQLException {
    return session.write(
        "renewOffice",
        connection -> {
          Rows rows = connection.rows();
          Lease lease = rows.lease();
          boolean isOurs = lease.holder().equals(self.id());
          long until = around.baton().now() + term.toMillis();
          Lease renewed = new Lease(lease.holder(), lease.epoch(), until);
          return new Change<>(isOurs, isOurs ? rows.with(renewed) : rows);
        });
  }

  @Override
  public void confirm(String log, long epoch) throws SQLException {
    session.write("confirm", connection -> confirmed(connection, epoch));
  }

  /// A row changed in an epoch that is not over.
  static Change<Boolean> confirmed(Connection connection, long epoch) throws SQLException {
    Rows rows = connection.rows();
    if (rows.head().epoch() != epoch) {
      throw WriterUnderTest.fenced("log", epoch);
    }
    return new Change<>(true, rows.withBarrier());
  }

  @Override
  public void leaveOffice(String log, Holder self) throws SQLException {
    session.write(
        "leaveOffice",
        connection -> {
          Rows rows = connection.rows();
          Lease lease = rows.lease();
          boolean isOurs = lease.holder().equals(self.id());
          Lease free = new Lease(lease.holder(), lease.epoch(), Long.MIN_VALUE);
          return new Change<>(isOurs, isOurs ? rows.with(free) : rows);
        });
  }

  @Override
  public BatchPlan append(String log, long epoch, CompactRange from, List<Submission> batch)
      throws SQLException {
    if (!around.rules().keep(Rule.BARRIER)) {
      BatchPlan found = session.read("look", it -> look(it.rows(), from, batch));
      if (found.fresh().isEmpty()) {
        return found;
      }
    }
    return session.write("append", connection -> append(connection, epoch, from, batch));
  }

  private static BatchPlan look(Rows rows, CompactRange from, List<Submission> batch) {
    return WriterUnderTest.plan(batch, rows.head().entries(), from);
  }

  /// Looks, then changes; others may come in between.
  private Change<BatchPlan> append(
      Connection connection, long epoch, CompactRange from, List<Submission> batch)
      throws SQLException {
    Rows seen = connection.rows();
    BatchPlan plan = look(seen, from, batch);
    session.pause("inside append");
    Rows rows = connection.rows();
    if (plan.fresh().isEmpty()) {
      return new Change<>(plan, rows.withBarrier());
    }
    requireUnmoved(around.rules().keep(Rule.SWAP) ? rows.head() : seen.head(), epoch, from);
    return new Change<>(plan, rows.with(rows.head().with(from.size(), plan)));
  }

  private void requireUnmoved(Rows.Head head, long epoch, CompactRange from) {
    if (head.frozen().isPresent()) {
      throw WriterUnderTest.frozen(head.frozen().get());
    }
    boolean isOver = around.rules().keep(Rule.FENCE) && head.epoch() != epoch;
    if (isOver || !head.range().equals(from)) {
      throw WriterUnderTest.fenced("log", epoch);
    }
  }

  @Override
  public void freeze(String log, String reason) throws SQLException {
    session.write(
        "freeze",
        connection -> {
          Rows rows = connection.rows();
          return new Change<>(true, rows.with(rows.head().withFrozen(reason)));
        });
  }
}
