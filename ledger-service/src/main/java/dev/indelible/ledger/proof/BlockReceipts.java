package dev.indelible.ledger.proof;

import dev.indelible.kit.problem.Rejection;
import dev.indelible.ledger.LedgerProblem;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.block.BlockStore;
import dev.indelible.ledger.proof.Receipt.Level;
import dev.indelible.ledger.tile.StoredNodes;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.InclusionProof;
import dev.indelible.transparency.merkle.Nodes;
import dev.indelible.transparency.merkle.Proofs;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/// The receipts of all leaves of a block, which share a checkpoint.
@ApplicationScoped
public class BlockReceipts {
  private final Transactions transactions;

  BlockReceipts(Transactions transactions) {
    this.transactions = transactions;
  }

  /// What differs between the receipts of a block.
  public record Leaf(Hash hash, InclusionProof proof) {}

  /// Some leaves of a block, in order.
  ///
  /// @param block the block
  /// @param checkpoint under which all proofs are
  public record Page(Block block, String checkpoint, List<Leaf> leaves) {
    public Page {
      leaves = List.copyOf(leaves);
    }
  }

  /// Up to `limit` leaves of the block of this number, behind leaf `after`; 404 when there is no
  /// such block, or when it has not reached the level.
  public Page find(Log log, long number, Level level, long after, int limit) {
    return transactions.read(
        connection -> {
          Block block =
              BlockStore.find(connection, log.name(), number).orElseThrow(Rejection::notFound);
          Block shown = level == Level.witnessed ? witnessed(connection, log, block) : block;
          long from = Math.max(block.start(), after + 1);
          long to = Math.min(block.end(), from + limit);
          Nodes nodes = remembering(new StoredNodes(connection, log.name()));
          List<Leaf> leaves =
              LongStream.range(from, to).mapToObj(i -> leaf(i, shown.end(), nodes)).toList();
          String witnessed = shown.witnessedNote().orElse("");
          return new Page(block, level == Level.witnessed ? witnessed : shown.note(), leaves);
        });
  }

  /// The first checkpoint at or behind the block that has its quorum: the same that each receipt
  /// for itself is under.
  private static Block witnessed(Connection connection, Log log, Block block) throws SQLException {
    return BlockStore.witnessed(connection, log.name(), block.end() - 1)
        .orElseThrow(
            () ->
                Rejection.of(
                    LedgerProblem.NO_RECEIPT,
                    "No checkpoint at or behind this block has its witnesses yet."));
  }

  private static Leaf leaf(long index, long size, Nodes nodes) {
    return new Leaf(nodes.node(0, index), Proofs.inclusion(index, size, nodes));
  }

  /// Neighbours share most of their paths.
  private static Nodes remembering(Nodes nodes) {
    record Place(int level, long index) {}
    Map<Place, Hash> known = new HashMap<>();
    return (level, index) ->
        known.computeIfAbsent(new Place(level, index), place -> nodes.node(level, index));
  }
}
