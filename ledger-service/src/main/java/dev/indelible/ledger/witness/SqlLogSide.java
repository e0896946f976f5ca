package dev.indelible.ledger.witness;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.block.BlockStore;
import dev.indelible.ledger.block.Cosignatures;
import dev.indelible.ledger.head.DurableReads;
import dev.indelible.ledger.head.HeadStore;
import dev.indelible.ledger.tile.StoredNodes;
import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.VerificationException;
import dev.indelible.transparency.merkle.ConsistencyProof;
import dev.indelible.transparency.merkle.Proofs;
import dev.indelible.transparency.note.NoteSignature;
import dev.indelible.transparency.note.SignedNote;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// A log as it stands in the database.
record SqlLogSide(
    Log log, Transactions transactions, DurableReads durable, Cosignatures cosignatures)
    implements LogSide {
  @Override
  public Optional<Block> last() throws SQLException {
    return durable.read(log.name(), connection -> BlockStore.last(connection, log.name()));
  }

  @Override
  public long leaves() throws SQLException {
    return durable
        .read(log.name(), connection -> HeadStore.read(connection, log.name()))
        .range()
        .size();
  }

  @Override
  public ConsistencyProof proof(long from, long to) {
    return transactions.read(connection -> proof(connection, from, to));
  }

  @Override
  public ConsistencyProof durableProof(long from, long to) throws SQLException {
    return durable.read(log.name(), connection -> proof(connection, from, to));
  }

  @Override
  public Optional<TreeHead> signed(SignedNote note) {
    try {
      Checkpoint checkpoint = log.policy().open(note).checkpoint();
      return Optional.of(checkpoint)
          .filter(shown -> shown.origin().equals(log.origin()))
          .map(Checkpoint::head);
    } catch (VerificationException e) {
      return Optional.empty();
    }
  }

  @Override
  public TreeHead durableHead(long size) throws SQLException {
    return durable.read(
        log.name(), connection -> Proofs.head(size, new StoredNodes(connection, log.name())));
  }

  @Override
  public void keep(Block block, String witness, NoteSignature line) throws SQLException {
    cosignatures.add(log, block, witness, line);
  }

  private ConsistencyProof proof(Connection connection, long from, long to) {
    return Proofs.consistency(from, to, new StoredNodes(connection, log.name()));
  }
}
