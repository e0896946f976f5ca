package dev.indelible.ledger.log;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.tile.TileGrowth;
import dev.indelible.transparency.Hash;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// One transaction per batch: who is new gets an index, and the head moves from exactly the size
/// and epoch it was read with.
@ApplicationScoped
public class Appender {
  private final Transactions transactions;
  private final MeterRegistry meters;

  Appender(Transactions transactions, MeterRegistry meters) {
    this.transactions = transactions;
    this.meters = meters;
  }

  /// Appends what is new. When this returns, everything it says is durable, what it only read
  /// included: the commit that returned cleanly stands behind all of it in the write-ahead log.
  ///
  /// @return a placement for each submission, in order
  /// @throws FencedException when `epoch` is over; nothing was appended
  List<Placement> append(String log, long epoch, List<Submission> batch) throws SQLException {
    long start = System.nanoTime();
    BatchPlan plan = transactions.write(connection -> append(connection, log, epoch, batch));
    if (plan.fresh().isEmpty()) {
      meters.timer("ledger.barrier", "log", log).record(System.nanoTime() - start, NANOSECONDS);
    }
    return plan.placements();
  }

  private static BatchPlan append(
      Connection connection, String log, long epoch, List<Submission> batch) throws SQLException {
    HeadStore.Head head = HeadStore.lock(connection, log, epoch);
    long size = head.range().size();
    BatchPlan plan =
        BatchPlan.of(
            batch,
            EntryStore.find(connection, log, batch),
            TokenStore.taken(connection, log, batch),
            size);
    if (plan.fresh().isEmpty()) {
      HeadStore.barrier(connection, log);
      return plan;
    }
    List<Hash> leafHashes = plan.fresh().stream().map(Submission::leafHash).toList();
    EntryStore.insert(connection, log, size, plan.fresh());
    TokenStore.insert(connection, log, size, plan.fresh());
    TileGrowth.append(connection, log, size, leafHashes);
    HeadStore.swap(connection, log, head, head.range().append(leafHashes));
    return plan;
  }
}
