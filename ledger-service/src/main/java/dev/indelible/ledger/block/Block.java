package dev.indelible.ledger.block;

import dev.indelible.transparency.TreeHead;
import java.time.Instant;
import java.util.Optional;

/// The leaves `[start, end)` sealed by one checkpoint. What links blocks is the consistency proof
/// between their checkpoints, nothing else.
///
/// @param number counts from 0
/// @param start first leaf
/// @param head the tree head that was signed; its size is the block's end
/// @param note the checkpoint with the log's two signatures, as text
/// @param sealedAt the second that the signatures state
/// @param witnessedNote the checkpoint as it first had its quorum, once it had
/// @param cose the log's COSE signatures over the root; blocks of older versions have none
public record Block(
    long number,
    long start,
    TreeHead head,
    String note,
    Instant sealedAt,
    Optional<String> witnessedNote,
    Optional<CoseSeal> cose) {

  /// The same block with its quorum.
  Block witnessed(String cosigned) {
    return new Block(number, start, head, note, sealedAt, Optional.of(cosigned), cose);
  }

  /// First leaf behind the block.
  public long end() {
    return head.size();
  }
}
