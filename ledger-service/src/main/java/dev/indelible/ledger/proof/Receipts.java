package dev.indelible.ledger.proof;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.block.BlockStore;
import dev.indelible.ledger.proof.Receipt.Level;
import dev.indelible.ledger.tile.StoredNodes;
import dev.indelible.transparency.merkle.InclusionProof;
import dev.indelible.transparency.merkle.Proofs;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.receipt.TlogProof;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// Assembles receipts from blocks. The same question always gets the same bytes: a level, once
/// reached, is tied to one block for ever.
@ApplicationScoped
public class Receipts {
  private final Transactions transactions;

  Receipts(Transactions transactions) {
    this.transactions = transactions;
  }

  /// The best receipt that there is; nothing when no block holds the leaf yet.
  public Optional<Receipt> best(Log log, long index) {
    return transactions.read(
        connection -> {
          Optional<Block> witnessed = BlockStore.witnessed(connection, log.name(), index);
          return witnessed.isPresent()
              ? receipt(connection, log, index, witnessed.get(), Level.witnessed)
              : included(connection, log, index);
        });
  }

  /// The receipt under the checkpoint of the leaf's own block.
  public static Optional<Receipt> included(Connection connection, Log log, long index)
      throws SQLException {
    Optional<Block> own = BlockStore.holding(connection, log.name(), index);
    return own.isEmpty()
        ? Optional.empty()
        : receipt(connection, log, index, own.get(), Level.included);
  }

  private static Optional<Receipt> receipt(
      Connection connection, Log log, long index, Block shown, Level level) throws SQLException {
    Optional<Block> own = BlockStore.holding(connection, log.name(), index);
    if (own.isEmpty()) {
      return Optional.empty();
    }
    String note = level == Level.witnessed ? shown.witnessedNote().orElseThrow() : shown.note();
    StoredNodes nodes = new StoredNodes(connection, log.name());
    InclusionProof proof = Proofs.inclusion(index, shown.end(), nodes);
    return Optional.of(
        new Receipt(
            log.name(),
            log.origin(),
            index,
            nodes.node(0, index).toBase64(),
            own.get().number(),
            level,
            new TlogProof(proof, SignedNote.parse(note)).print()));
  }
}
