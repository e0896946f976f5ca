package dev.indelible.ledger.token;

import dev.indelible.kit.identity.Caller;
import dev.indelible.kit.identity.SpentAuthentications;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.ledger.LedgerProblem;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.block.BlockStore;
import dev.indelible.ledger.log.TokenChanges;
import dev.indelible.transparency.note.NoteSigner;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Erases all tokens of a key epoch, after which the epoch's key is worth nothing.
///
/// One transaction for each block that has such tokens. Whatever stops this, a later call goes on
/// where it stopped: the tokens that are left say where that is.
@ApplicationScoped
public class EraseEpoch {
  private final Transactions transactions;
  private final SealKey key;
  private final SpentAuthentications spent;

  EraseEpoch(Transactions transactions, SealKey key, SpentAuthentications spent) {
    this.transactions = transactions;
    this.key = key;
    this.spent = spent;
  }

  /// Erases the epoch in every sealed block. One authentication carries the whole of it, and is
  /// spent with the first block; where nothing is left to erase, none is.
  ///
  /// @param by who has it erased
  /// @return how many tokens there were
  /// @throws Rejection when an entry would lose the only token of its name and kind
  public long erase(Log log, int epoch, Caller by) throws SQLException {
    NoteSigner signer = key.of(log);
    transactions.query(connection -> requireNewer(connection, log, epoch, 0, Long.MAX_VALUE));
    long erased = 0;
    Optional<Block> block = next(log, epoch, 0);
    while (block.isPresent()) {
      Block at = block.get();
      boolean first = erased == 0;
      erased +=
          transactions.write(
              connection -> {
                int here = erase(connection, log, signer, epoch, at);
                if (first && here > 0) {
                  spent.spend(by, connection);
                }
                return here;
              });
      block = next(log, epoch, at.end());
    }
    return erased;
  }

  private Optional<Block> next(Log log, int epoch, long from) throws SQLException {
    return transactions.query(
        connection -> {
          OptionalLong leaf = TokenChanges.next(connection, log.name(), epoch, from);
          return leaf.isPresent()
              ? BlockStore.holding(connection, log.name(), leaf.getAsLong())
              : Optional.empty();
        });
  }

  /// Looks once more under the lock: an entry's later tokens may have been erased since.
  private static int erase(
      Connection connection, Log log, NoteSigner signer, int epoch, Block block)
      throws SQLException {
    OpenSeals seals = OpenSeals.lock(connection, log, List.of(block.start()));
    requireNewer(connection, log, epoch, block.start(), block.end());
    int erased = TokenChanges.eraseEpoch(connection, log.name(), epoch, block.start(), block.end());
    seals.renew(signer);
    return erased;
  }

  private static boolean requireNewer(
      Connection connection, Log log, int epoch, long start, long end) throws SQLException {
    OptionalLong left = TokenChanges.onlyIn(connection, log.name(), epoch, start, end);
    if (left.isPresent()) {
      throw Rejection.of(
              LedgerProblem.EPOCH_IN_USE,
              "The entry " + left.getAsLong() + " has a token of this epoch and no later one.")
          .with("index", left.getAsLong());
    }
    return true;
  }
}
