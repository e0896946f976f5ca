package dev.indelible.ledger.log;

import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.tile.TileGrowth;
import dev.indelible.transparency.merkle.CompactRange;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The writer's database as PostgreSQL has it.
@ApplicationScoped
class SqlLogStore implements LogStore {
  private final Transactions transactions;

  SqlLogStore(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Head head(String log) throws SQLException {
    return transactions.query(connection -> HeadStore.read(connection, log));
  }

  @Override
  public Optional<Head> takeOffice(String log, Holder self, Duration term) throws SQLException {
    return transactions.write(
        connection -> {
          OptionalLong next = LeaseStore.take(connection, log, self, term);
          if (next.isEmpty()) {
            return Optional.empty();
          }
          HeadStore.setEpoch(connection, log, next.getAsLong());
          return Optional.of(HeadStore.read(connection, log));
        });
  }

  @Override
  public void confirm(String log, long epoch) throws SQLException {
    transactions.write(
        connection -> {
          HeadStore.requireEpoch(connection, log, epoch);
          HeadStore.barrier(connection, log);
          return true;
        });
  }

  @Override
  public boolean renewOffice(String log, Holder self, Duration term) throws SQLException {
    return transactions.write(connection -> LeaseStore.renew(connection, log, self, term));
  }

  @Override
  public void leaveOffice(String log, Holder self) throws SQLException {
    transactions.write(
        connection -> {
          LeaseStore.release(connection, log, self);
          return true;
        });
  }

  @Override
  public BatchPlan append(String log, long epoch, CompactRange from, List<Submission> batch)
      throws SQLException {
    return transactions.write(connection -> append(connection, log, epoch, from, batch));
  }

  /// Looks, then moves the head, then inserts. The head is moved first because that takes the row's
  /// lock: had another writer appended since we looked, the head would not be where we think.
  private static BatchPlan append(
      Connection connection, String log, long epoch, CompactRange from, List<Submission> batch)
      throws SQLException {
    BatchPlan plan =
        BatchPlan.of(
            batch,
            EntryStore.find(connection, log, batch.stream().map(Submission::leafHash).toList()),
            TokenStore.find(connection, log, batch),
            from);
    if (plan.fresh().isEmpty()) {
      HeadStore.barrier(connection, log);
      return plan;
    }
    HeadStore.swap(connection, log, epoch, from, plan.range());
    EntryStore.insert(connection, log, from.size(), plan.fresh());
    TokenStore.insert(connection, log, from.size(), plan.fresh());
    TileGrowth.append(connection, log, from.size(), plan.leafHashes());
    return plan;
  }

  @Override
  public void freeze(String log, String reason) throws SQLException {
    transactions.write(
        connection -> {
          HeadStore.freeze(connection, log, reason);
          return true;
        });
  }
}
