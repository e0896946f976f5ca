package dev.indelible.ledger.log;

import dev.indelible.ledger.Log;

/// Rows of a log are not what was sealed. What is appended to such a log would be signed beside
/// them, so nobody may write it until people have looked.
///
/// @param log the log
/// @param reason what differs
public record Contradicted(Log log, String reason) {}
