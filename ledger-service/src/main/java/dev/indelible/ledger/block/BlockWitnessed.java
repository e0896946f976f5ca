package dev.indelible.ledger.block;

import dev.indelible.ledger.Log;

/// Announces that a block has its quorum of witnesses.
///
/// @param log the log
/// @param block the block, with the note that has the quorum
public record BlockWitnessed(Log log, Block block) {}
