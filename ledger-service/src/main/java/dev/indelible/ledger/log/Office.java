package dev.indelible.ledger.log;

import dev.indelible.ledger.head.FencedException;
import dev.indelible.ledger.head.Head;
import dev.indelible.ledger.log.LogStore.Holder;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// One process's claim to be the writer of one log.
final class Office {
  private final LogStore store;
  private final String log;
  private final Holder self;
  private final Duration term;
  private final Clock clock;
  private volatile long epoch;
  private Instant renewedAt = Instant.EPOCH;

  Office(LogStore store, String log, Holder self, Duration term, Clock clock) {
    this.store = store;
    this.log = log;
    this.self = self;
    this.term = term;
    this.clock = clock;
  }

  /// Takes the lease if it is free. The new epoch ends whatever an earlier writer, this process
  /// included, may still have under way; and as this commit returned cleanly, everything the new
  /// writer reads from now on is durable.
  ///
  /// @return the head in the new epoch; nothing when somebody else is in office
  Optional<Head> take() throws SQLException {
    renewedAt = clock.instant();
    Optional<Head> head = store.takeOffice(log, self, term);
    epoch = head.map(Head::epoch).orElse(0L);
    return head;
  }

  /// Makes sure that what was read in this office still holds.
  ///
  /// @throws FencedException when it is over
  void confirm() throws SQLException {
    store.confirm(log, epoch);
  }

  /// Keeps the lease, once a third of its term is over by our clock, or the clock went backwards.
  ///
  /// @throws FencedException when it is somebody else's
  void renew() throws SQLException {
    Instant now = clock.instant();
    Duration passed = Duration.between(renewedAt, now);
    if (!passed.isNegative() && passed.compareTo(term.dividedBy(3)) < 0) {
      return;
    }
    if (!store.renewOffice(log, self, term)) {
      throw new FencedException(log, epoch);
    }
    renewedAt = now;
  }

  /// Gives up the lease early.
  void leave() throws SQLException {
    epoch = 0;
    store.leaveOffice(log, self);
  }

  /// Forgets the office without telling the database, which may be why it is lost.
  void lose() {
    epoch = 0;
  }

  boolean isHeld() {
    return epoch > 0;
  }

  long epoch() {
    return epoch;
  }
}
