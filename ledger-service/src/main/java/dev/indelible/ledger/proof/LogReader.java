package dev.indelible.ledger.proof;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.block.BlockStore;
import dev.indelible.ledger.block.Cosignatures;
import dev.indelible.ledger.tile.StoredNodes;
import dev.indelible.transparency.merkle.ConsistencyProof;
import dev.indelible.transparency.merkle.InclusionProof;
import dev.indelible.transparency.merkle.Proofs;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What everyone may know of a log: its blocks and the proofs between them. Nothing that no block
/// holds is ever read here.
@ApplicationScoped
public class LogReader {
  private final Transactions transactions;

  LogReader(Transactions transactions) {
    this.transactions = transactions;
  }

  /// A block and the cosignatures it has so far.
  ///
  /// @param block the block
  /// @param cosigned its checkpoint with every cosignature
  /// @param witnesses who cosigned, by their names in the policy
  /// @param isLast whether no newer one is there yet
  public record Shown(Block block, String cosigned, List<String> witnesses, boolean isLast) {}

  /// The newest block.
  public Optional<Shown> last(Log log) {
    return transactions.read(
        connection -> show(connection, log, BlockStore.last(connection, log.name())));
  }

  /// The block of this number.
  public Optional<Shown> block(Log log, long number) {
    return transactions.read(
        connection -> show(connection, log, BlockStore.find(connection, log.name(), number)));
  }

  /// Up to `limit` blocks behind number `after`.
  public List<Shown> blocks(Log log, long after, int limit) {
    return transactions.read(
        connection -> {
          List<Shown> blocks = new ArrayList<>();
          for (Block block : BlockStore.after(connection, log.name(), after, limit)) {
            show(connection, log, Optional.of(block)).ifPresent(blocks::add);
          }
          return blocks;
        });
  }

  private static Optional<Shown> show(Connection connection, Log log, Optional<Block> block)
      throws SQLException {
    if (block.isEmpty()) {
      return Optional.empty();
    }
    String cosigned = Cosignatures.cosigned(connection, log.name(), block.get()).print();
    List<String> witnesses =
        Cosignatures.lines(connection, log.name(), block.get().number()).stream()
            .map(Cosignatures.Line::witness)
            .toList();
    boolean isLast = BlockStore.find(connection, log.name(), block.get().number() + 1).isEmpty();
    return Optional.of(new Shown(block.get(), cosigned, witnesses, isLast));
  }

  /// How many leaves are sealed.
  public long sealed(Log log) {
    return transactions
        .read(connection -> BlockStore.last(connection, log.name()))
        .map(Block::end)
        .orElse(0L);
  }

  /// The proof that leaf `index` is in the tree of the first `size` leaves; nothing when no block
  /// reaches that far.
  public Optional<InclusionProof> inclusion(Log log, long index, long size) {
    if (size > sealed(log)) {
      return Optional.empty();
    }
    return transactions.read(
        connection ->
            Optional.of(Proofs.inclusion(index, size, new StoredNodes(connection, log.name()))));
  }

  /// The proof that the first `from` leaves are a prefix of the first `to`; nothing when no block
  /// reaches that far.
  public Optional<ConsistencyProof> consistency(Log log, long from, long to) {
    if (to > sealed(log)) {
      return Optional.empty();
    }
    return transactions.read(
        connection ->
            Optional.of(Proofs.consistency(from, to, new StoredNodes(connection, log.name()))));
  }
}
