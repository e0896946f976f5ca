package dev.indelible.ledger.witness;

import dev.indelible.ledger.Log;

/// A witness has seen another tree of this log than we have. The gravest thing that can happen to a
/// log; nobody may write it until people have found out which tree is right.
///
/// @param log the log
/// @param reason what the witness said
public record ForkSeen(Log log, String reason) {}
