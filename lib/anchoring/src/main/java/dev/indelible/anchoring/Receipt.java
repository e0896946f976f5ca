package dev.indelible.anchoring;

/// A receipt as JSON.
///
/// @param log name of the log
/// @param origin the log's unique name, line 1 of its checkpoints
/// @param index leaf index
/// @param leafHash base64 of the entry's leaf hash
/// @param block the block that sealed it
/// @param level `included` or `witnessed`
/// @param proof C2SP tlog-proof
public record Receipt(
    String log,
    String origin,
    long index,
    String leafHash,
    long block,
    String level,
    String proof) {}
