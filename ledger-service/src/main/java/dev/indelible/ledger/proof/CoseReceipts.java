package dev.indelible.ledger.proof;

import dev.indelible.kit.problem.Rejection;
import dev.indelible.ledger.LedgerProblem;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.block.BlockStore;
import dev.indelible.ledger.block.CoseSeal;
import dev.indelible.ledger.tile.StoredNodes;
import dev.indelible.ledger.tile.TileStore;
import dev.indelible.transparency.cose.CoseReceipt;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.cose.TransparentStatement;
import dev.indelible.transparency.merkle.InclusionProof;
import dev.indelible.transparency.merkle.Proofs;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.VerifierKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;

/// Assembles COSE receipts (RFC 9942) out of the signatures that a block was sealed with. A leaf's
/// receipt is always under its own block's root, so it is the same bytes for ever.
@ApplicationScoped
public class CoseReceipts {
  private final Transactions transactions;

  CoseReceipts(Transactions transactions) {
    this.transactions = transactions;
  }

  /// A leaf in its block.
  private record Placed(Entry entry, Block block, InclusionProof proof) {}

  /// The receipt of a leaf; 404 when no block holds it or there is none of its kind.
  public CoseReceipt find(Log log, long index, KeyAlgorithm algorithm) {
    Placed placed = placed(log, index);
    return of(log, placed.block(), placed.proof(), algorithm);
  }

  /// The leaf with a receipt under each of the algorithms; 404 as [#find].
  public TransparentStatement statement(Log log, long index) {
    Placed placed = placed(log, index);
    List<CoseReceipt> receipts =
        Stream.of(KeyAlgorithm.ED25519, KeyAlgorithm.ML_DSA_44)
            .map(algorithm -> of(log, placed.block(), placed.proof(), algorithm))
            .toList();
    return new TransparentStatement(placed.entry(), receipts);
  }

  /// The log's keys are asked for afterwards: where they have to be read first they take a
  /// connection of their own, and nobody waits for one while holding another.
  private Placed placed(Log log, long index) {
    return transactions.read(
        connection -> {
          Block block =
              BlockStore.holding(connection, log.name(), index).orElseThrow(Rejection::notFound);
          StoredNodes nodes = new StoredNodes(connection, log.name());
          byte[] entry = TileStore.entries(connection, log.name(), index, index + 1).getFirst();
          InclusionProof proof = Proofs.inclusion(index, block.end(), nodes);
          return new Placed(Entry.parse(entry), block, proof);
        });
  }

  /// The receipt of the leaf of this proof, which is in the tree of this block.
  public static CoseReceipt of(Log log, Block block, InclusionProof proof, KeyAlgorithm algorithm) {
    CoseSeal seal =
        block
            .cose()
            .orElseThrow(
                () -> none("Block " + block.number() + " was sealed without COSE signatures."));
    if (proof.path().isEmpty()) {
      throw none("The only leaf of a tree has no COSE receipt (RFC 9942, section 5.2).");
    }
    VerifierKey key =
        log.keys().verifying(block.end()).stream()
            .filter(one -> one.type().algorithm() == algorithm)
            .findFirst()
            .orElseThrow();
    return CoseReceipt.of(key, proof, seal.by(algorithm));
  }

  private static Rejection none(String detail) {
    return Rejection.of(LedgerProblem.NO_RECEIPT, detail + " Ask for the tlog-proof instead.");
  }
}
