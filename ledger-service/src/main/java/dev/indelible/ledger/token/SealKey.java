package dev.indelible.ledger.token;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.block.BlockStore;
import dev.indelible.transparency.note.NoteSigner;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;

/// The key that signs token seals now. Asked before the transaction begins, since the answer may
/// need a connection of its own.
@ApplicationScoped
class SealKey {
  private final Transactions transactions;

  SealKey(Transactions transactions) {
    this.transactions = transactions;
  }

  /// The newest key in force. A process that does not write the log learns of a new one here.
  NoteSigner of(Log log) throws SQLException {
    long size =
        transactions.query(
            connection -> BlockStore.last(connection, log.name()).map(Block::end).orElse(0L));
    return log.keys().signing(size).getLast().ed25519();
  }
}
