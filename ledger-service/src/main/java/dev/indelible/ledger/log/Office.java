package dev.indelible.ledger.log;

import dev.indelible.ledger.LedgerConfig;
import dev.indelible.ledger.Transactions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// One process's claim to be the writer of one log.
final class Office {
  private final Transactions transactions;
  private final String log;
  private final LeaseStore.Holder self;
  private final Duration term;
  private volatile long epoch;
  private long renewedAt;

  Office(Transactions transactions, String log, LeaseStore.Holder self, LedgerConfig config) {
    this.transactions = transactions;
    this.log = log;
    this.self = self;
    this.term = config.lease();
  }

  /// Takes the lease if it is free. The new epoch ends whatever an earlier writer, this process
  /// included, may still have under way; and as this commit returned cleanly, everything the new
  /// writer reads from now on is durable.
  boolean take() throws SQLException {
    OptionalLong taken =
        transactions.write(
            connection -> {
              OptionalLong next = LeaseStore.take(connection, log, self, term);
              if (next.isPresent()) {
                HeadStore.setEpoch(connection, log, next.getAsLong());
              }
              return next;
            });
    renewedAt = System.nanoTime();
    epoch = taken.orElse(0);
    return taken.isPresent();
  }

  /// Keeps the lease, once a third of its term is over.
  ///
  /// @throws FencedException when it is somebody else's
  void renew() throws SQLException {
    if (System.nanoTime() - renewedAt < term.toNanos() / 3) {
      return;
    }
    if (!transactions.write(connection -> LeaseStore.renew(connection, log, self, term))) {
      throw new FencedException(log, epoch);
    }
    renewedAt = System.nanoTime();
  }

  /// Gives up the lease early.
  void leave() throws SQLException {
    epoch = 0;
    transactions.write(
        connection -> {
          LeaseStore.release(connection, log, self);
          return true;
        });
  }

  /// Forgets the office without telling the database, which may be why it is lost.
  void lose() {
    epoch = 0;
  }

  /// Where the writer is, when it is another process.
  Optional<String> other() {
    return transactions.read(connection -> LeaseStore.other(connection, log, self));
  }

  boolean isHeld() {
    return epoch > 0;
  }

  long epoch() {
    return epoch;
  }
}
