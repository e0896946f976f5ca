package dev.indelible.ledger.block;

import dev.indelible.ledger.Log;

/// Announces a new block, after its row is durable.
///
/// @param log the log
/// @param block the block
public record BlockSealed(Log log, Block block) {}
