package dev.indelible.ledger.block;

import dev.indelible.ledger.Log;

/// Announces a new block, after its row is durable.
///
/// @param log the log
/// @param sealed the block, with what proves its leaves
public record BlockSealed(Log log, SealedBlock sealed) {
  /// The block.
  public Block block() {
    return sealed.block();
  }
}
