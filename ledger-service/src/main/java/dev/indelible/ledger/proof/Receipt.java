package dev.indelible.ledger.proof;

/// What shows, offline, that an entry is in the log.
///
/// @param log the log's name
/// @param origin the log's origin
/// @param index leaf index
/// @param leafHash base64 of the leaf hash
/// @param block number of the block that holds the leaf
/// @param level how much the proof's checkpoint is worth
/// @param proof C2SP tlog-proof text; empty at level `sequenced`
public record Receipt(
    String log, String origin, long index, String leafHash, long block, Level level, String proof) {
  /// How much a receipt's checkpoint is worth.
  public enum Level {
    /// The log has given it an index, durably; there is no checkpoint over it yet.
    sequenced,
    /// The log signed it.
    included,
    /// Besides, a quorum of witnesses says that the log shows everyone the same.
    witnessed
  }
}
