package dev.indelible.ledger.block;

import dev.indelible.ledger.Log;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.merkle.Nodes;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// What sealing asks of the database.
public interface SealStore {
  /// The newest block.
  Optional<Block> last(Log log) throws SQLException;

  /// Reads back what was stored behind the last block, as it is stored, up to a head; nothing when
  /// the last block ends there or behind it.
  Optional<Unsealed> unsealed(Log log, TreeHead head) throws SQLException;

  /// Adds a block in one commit, unless its number is taken.
  ///
  /// @return whether it was added; when this returns, it is durable
  boolean insert(Log log, Block block, TokenSeal seal) throws SQLException;

  /// Stored leaves that no block holds yet.
  ///
  /// @param last the last block
  /// @param head the head to be sealed
  /// @param leafHashes of the stored bytes of the entries from the last block's end to the head
  /// @param tiles the tree as the tile rows say
  /// @param tokens digest of the match tokens that came with these entries
  record Unsealed(
      Optional<Block> last, TreeHead head, List<Hash> leafHashes, Nodes tiles, Hash tokens) {
    public Unsealed {
      leafHashes = List.copyOf(leafHashes);
    }

    /// What the last block sealed.
    TreeHead sealed() {
      return last.map(Block::head).orElse(TreeHead.EMPTY);
    }
  }
}
