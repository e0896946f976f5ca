package dev.indelible.ledger.log;

import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.head.Head;
import dev.indelible.ledger.head.HeadStore;
import dev.indelible.ledger.tile.TileGrowth;
import dev.indelible.transparency.merkle.CompactRange;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/// The writer's database as PostgreSQL has it.
@ApplicationScoped
class SqlLogStore implements LogStore {
  private static final Duration AFTER_REKEYING = Duration.ofMinutes(1);

  /// SQLSTATE `lock_not_available` (PostgreSQL documentation, appendix A).
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final Transactions transactions;
  private final Map<String, KnownKeys> known = new ConcurrentHashMap<>();

  SqlLogStore(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Head head(String log) throws SQLException {
    return transactions.query(connection -> HeadStore.read(connection, log));
  }

  @Override
  public Optional<Head> takeOffice(String log, Holder self, Duration term) throws SQLException {
    Optional<Head> taken;
    try {
      taken = transactions.write(connection -> takeOffice(connection, log, self, term));
    } catch (SQLException e) {
      if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        throw e;
      }
      boolean ignored = transactions.query(connection -> HeadStore.free(connection, log));
      return Optional.empty();
    }
    forget(log);
    taken.ifPresent(head -> remember(log, head.epoch(), head.range(), Duration.ZERO));
    return taken;
  }

  /// Waits for the head's lock as long as a lease lasts, and not for ever: a predecessor that
  /// stands still may have it.
  private static Optional<Head> takeOffice(
      Connection connection, String log, Holder self, Duration term) throws SQLException {
    HeadStore.waitAtMost(connection, term);
    OptionalLong next = LeaseStore.take(connection, log, self, term);
    if (next.isEmpty()) {
      return Optional.empty();
    }
    HeadStore.setEpoch(connection, log, next.getAsLong());
    return Optional.of(HeadStore.read(connection, log));
  }

  private void remember(String log, long epoch, CompactRange range, Duration rest) {
    forget(log);
    known.put(log, KnownKeys.begin(transactions, log, epoch, range.head(), rest));
  }

  private void forget(String log) {
    Optional.ofNullable(known.remove(log)).ifPresent(KnownKeys::forget);
  }

  @Override
  public void confirm(String log, long epoch) throws SQLException {
    transactions.write(
        connection -> {
          HeadStore.confirm(connection, log, epoch);
          return true;
        });
  }

  @Override
  public boolean renewOffice(String log, Holder self, Duration term) throws SQLException {
    return transactions.write(connection -> LeaseStore.renew(connection, log, self, term));
  }

  @Override
  public void leaveOffice(String log, Holder self) throws SQLException {
    forget(log);
    transactions.write(
        connection -> {
          LeaseStore.release(connection, log, self);
          return true;
        });
  }

  @Override
  public BatchPlan append(String log, long epoch, CompactRange from, List<Submission> batch)
      throws SQLException {
    Optional<KnownKeys> keys = Optional.ofNullable(known.get(log));
    Optional<KnownKeys.Known> all = keys.flatMap(it -> it.at(epoch, from.head()));
    try {
      BatchPlan plan =
          transactions.write(connection -> append(connection, log, epoch, from, batch, all));
      keys.ifPresent(it -> it.add(plan));
      return plan;
    } catch (RekeyedException e) {
      remember(log, epoch, from, AFTER_REKEYING);
      return append(log, epoch, from, batch);
    }
  }

  /// Whether it looks only for what may be there of a log that is like this.
  boolean remembers(String log, Head head) {
    KnownKeys keys = known.get(log);
    return keys != null && keys.at(head.epoch(), head.range().head()).isPresent();
  }

  /// Somebody else has added tokens, so the keys that the writer knows are not all.
  private static final class RekeyedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RekeyedException() {
      super("tokens were added", null, false, false);
    }
  }

  /// Looks, then moves the head, then inserts. The head is moved first because that takes the row's
  /// lock: had another writer appended since we looked, the head would not be where we think; had
  /// somebody added tokens, it would have been counted. Who remembers no count locks before
  /// looking.
  private static BatchPlan append(
      Connection connection,
      String log,
      long epoch,
      CompactRange from,
      List<Submission> batch,
      Optional<KnownKeys.Known> known)
      throws SQLException {
    if (known.isEmpty()) {
      HeadStore.lock(connection, log);
    }
    BatchPlan plan =
        BatchPlan.of(
            batch,
            EntryStore.find(
                connection,
                log,
                batch.stream()
                    .map(Submission::leafHash)
                    .filter(leafHash -> known.isEmpty() || known.get().mayHold(leafHash))
                    .toList()),
            TokenStore.find(
                connection, log, batch, key -> known.isEmpty() || known.get().mayHold(key)),
            from);
    if (plan.fresh().isEmpty()) {
      HeadStore.barrier(connection, log);
      return plan;
    }
    long rekeyed = HeadStore.swap(connection, log, epoch, from, plan.range());
    if (known.isPresent() && known.get().isOutdated(rekeyed)) {
      throw new RekeyedException();
    }
    TileGrowth tiles = TileGrowth.from(connection, log, from.size());
    try (CopyRows rows = EntryStore.copy(connection, log, from.size(), plan.fresh())) {
      tiles.append(plan.leafHashes()); // while the server is busy with the rows
      rows.end();
    }
    TokenStore.insert(connection, log, from.size(), plan.fresh());
    EntryStore.insertOwn(connection, log, from.size(), plan.fresh());
    tiles.write(connection);
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
