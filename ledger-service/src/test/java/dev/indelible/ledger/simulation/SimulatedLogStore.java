package dev.indelible.ledger.simulation;

import dev.indelible.ledger.log.BatchPlan;
import dev.indelible.ledger.log.LogStore;
import dev.indelible.ledger.log.Submission;
import dev.indelible.ledger.log.WriterUnderTest;
import dev.indelible.ledger.simulation.Cluster.Connection;
import dev.indelible.ledger.simulation.Faults.Kind;
import dev.indelible.ledger.simulation.Rows.Lease;
import dev.indelible.ledger.simulation.Session.Change;
import dev.indelible.transparency.merkle.CompactRange;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

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
    return session.read(
        "head",
        connection -> {
          Rows.Head head = connection.rows().head();
          return new Head(head.range(), head.epoch(), head.frozen());
        });
  }

  @Override
  public OptionalLong takeOffice(String log, Holder self, Duration term) throws SQLException {
    return session.write("takeOffice", connection -> takeOffice(connection.rows(), self, term));
  }

  private Change<OptionalLong> takeOffice(Rows rows, Holder self, Duration term) {
    Lease lease = rows.lease();
    long now = around.baton().now();
    boolean isFree = lease.holder().equals(self.id()) || lease.until() < now;
    if (!isFree && !around.faults().happens(Kind.LEASE_WRONG)) {
      return new Change<>(OptionalLong.empty(), rows);
    }
    long epoch = lease.epoch() + 1;
    if (rows.head().epoch() >= epoch) {
      throw WriterUnderTest.fenced("log", epoch);
    }
    Lease taken = new Lease(self.id(), epoch, now + term.toMillis());
    return new Change<>(
        OptionalLong.of(epoch), rows.with(taken).with(rows.head().withEpoch(epoch)));
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
    if (!around.rules().barrier()) {
      BatchPlan found =
          session.read("look", it -> WriterUnderTest.plan(batch, it.rows().head().entries(), from));
      if (found.fresh().isEmpty()) {
        return found;
      }
    }
    return session.write("append", connection -> append(connection, epoch, from, batch));
  }

  /// Looks, then changes; others may come in between.
  private Change<BatchPlan> append(
      Connection connection, long epoch, CompactRange from, List<Submission> batch)
      throws SQLException {
    BatchPlan plan = WriterUnderTest.plan(batch, connection.rows().head().entries(), from);
    session.pause();
    Rows rows = connection.rows();
    Rows.Head head = rows.head();
    if (plan.fresh().isEmpty()) {
      return new Change<>(plan, rows.withBarrier());
    }
    if (head.frozen().isPresent()) {
      throw WriterUnderTest.frozen(head.frozen().get());
    }
    if (head.epoch() != epoch || !head.range().equals(from)) {
      throw WriterUnderTest.fenced("log", epoch);
    }
    return new Change<>(plan, rows.with(head.with(plan.fresh(), plan.range())));
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
