package dev.indelible.ledger.block;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import java.util.Optional;

/// Leaves that no block holds yet.
///
/// @param last the block before them, if there is one
/// @param head the tree with them, as a clean commit in the writer's own epoch left it. Nobody
///   else's head may be signed: it may not be durable yet, however plainly it is there to read
/// @param tokens digest of the match tokens that came with them
public record Tail(Optional<Block> last, TreeHead head, Hash tokens) {
  /// What the last block sealed.
  TreeHead sealed() {
    return last.map(Block::head).orElse(TreeHead.EMPTY);
  }
}
