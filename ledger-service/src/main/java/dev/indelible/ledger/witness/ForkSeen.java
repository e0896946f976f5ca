package dev.indelible.ledger.witness;

import dev.indelible.ledger.Log;

/// A witness shows another tree of this log than we have, or a quorum of witnesses says there is
/// one. The gravest thing that can happen to a log; nobody may write it until people have found out
/// which tree is right.
///
/// @param log the log
/// @param reason what the witness shows, or what they say
public record ForkSeen(Log log, String reason) {}
