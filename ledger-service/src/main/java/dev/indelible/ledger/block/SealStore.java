package dev.indelible.ledger.block;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.head.FencedException;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.merkle.Nodes;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What sealing asks of the database.
public interface SealStore {
  /// The newest block.
  Optional<Block> last(Log log) throws SQLException;

  /// The digest of the tokens that stand beside the leaves `[start, end)`.
  Hash tokens(Log log, long start, long end) throws SQLException;

  /// Reads back what was stored between two heads, as it is stored, and lets `check` look at it.
  ///
  /// When that objects, something is committed in the writer's epoch on the same connection before
  /// the objection counts: a connection to a former primary shows what is long over.
  ///
  /// @throws SelfCheckException when `check` objects and the epoch is not over
  /// @throws FencedException when it objects and the epoch is over
  <T> T read(Log log, long epoch, TreeHead from, TreeHead to, Function<Stored, T> check)
      throws SQLException;

  /// Adds a block in one commit, unless its number is taken or the block before it does not end
  /// where this one starts.
  ///
  /// @return whether it was added; when this returns, it is durable
  boolean insert(Log log, Block block, TokenSeal seal) throws SQLException;

  /// Leaves as they are stored.
  ///
  /// @param leafHashes of the stored bytes of the entries
  /// @param tiles the tree as the tile rows say
  record Stored(List<Hash> leafHashes, Nodes tiles) {
    public Stored {
      leafHashes = List.copyOf(leafHashes);
    }
  }
}
