package dev.indelible.ledger.block;

import dev.indelible.ledger.Log;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/// Compares the clock with the time that a log has signed, before a writer takes entries. Sealing
/// would refuse too, but only when the entries are in.
public final class ClockCheck {
  /// By this much the clocks of two machines may differ; a writer waits until it has passed.
  private static final Duration SKEW = Duration.ofSeconds(2);

  private ClockCheck() {}

  /// Compares.
  ///
  /// @throws ClockException when the log has signed a later time
  public static void require(Connection connection, Log log, Instant now) throws SQLException {
    Instant signed =
        BlockStore.last(connection, log.name()).map(Block::sealedAt).orElse(Instant.EPOCH);
    if (now.plus(SKEW).isBefore(signed)) {
      throw new ClockException(log.name() + ": it is " + now + ", but " + signed + " is signed");
    }
  }
}
