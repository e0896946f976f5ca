package dev.indelible.ledger.token;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.block.BlockStore;
import dev.indelible.ledger.block.TokenSeal;
import dev.indelible.ledger.key.KeyHistory;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.note.NoteSigner;
import dev.indelible.transparency.note.VerifierKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// The seals of blocks whose tokens are about to change, in the transaction that changes them.
///
/// They are locked from before the change until the commit, lowest block first, so that two changes
/// of one block queue up and none waits in a circle. A block gets a new seal only if its old one
/// held before the change: else the log would sign somebody's edit.
final class OpenSeals {
  private final Connection connection;
  private final Log log;
  private final NavigableMap<Long, Block> byStart = new TreeMap<>();
  private final List<Block> sound = new ArrayList<>();

  private OpenSeals(Connection connection, Log log) {
    this.connection = connection;
    this.log = log;
  }

  /// Locks the seals of the blocks that hold these leaves. Leaves that no block holds yet have no
  /// seal, and nothing beside them may change: whoever seals them has read their tokens already.
  static OpenSeals lock(Connection connection, Log log, Collection<Long> leaves)
      throws SQLException {
    OpenSeals seals = new OpenSeals(connection, log);
    for (long leaf : leaves) {
      if (!seals.contains(leaf)) {
        BlockStore.holding(connection, log.name(), leaf)
            .ifPresent(block -> seals.byStart.put(block.start(), block));
      }
    }
    List<VerifierKey> keys = KeyHistory.read(connection, log).everInForce();
    for (Block block : seals.byStart.values()) {
      Optional<TokenSeal> seal = TokenSeal.lock(connection, log.name(), block.number());
      if (seal.isPresent() && seal.get().holds(log, keys, seals.digest(block))) {
        seals.sound.add(block);
      }
    }
    return seals;
  }

  /// Whether one of the blocks holds this leaf.
  boolean contains(long leaf) {
    Map.Entry<Long, Block> block = byStart.floorEntry(leaf);
    return block != null && leaf < block.getValue().end();
  }

  private Hash digest(Block block) throws SQLException {
    return TokenSeal.digest(connection, log.name(), block.start(), block.end());
  }

  /// Signs what stands there after the change.
  void renew(NoteSigner key) throws SQLException {
    for (Block block : sound) {
      TokenSeal.sign(log, key, digest(block)).replace(connection, log.name(), block.number());
    }
  }
}
