package dev.indelible.ledger.log;

import dev.indelible.ledger.head.HeadStore;
import dev.indelible.ledger.tile.TileStore;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.merkle.CompactRange;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// The keys of the leaves and tokens that a log had when its writer came into office.
///
/// @param rekeyed how often somebody but a writer had added tokens by then
record EarlierKeys(KeyFilter leaves, KeyFilter tokens, long rekeyed) {
  private static final int PAGE = 1 << 16;

  /// Reads them, all on one connection, so that they are those of one server.
  ///
  /// @param forgotten whether nobody wants to know any more
  /// @return nothing then, or when this server is not in the epoch, or its leaves do not hash to
  ///   the head
  static Optional<EarlierKeys> read(
      Connection connection, String log, long epoch, TreeHead head, BooleanSupplier forgotten)
      throws SQLException {
    // The count comes first: who re-keys while this reads is then seen to have done so.
    EarlierKeys keys =
        new EarlierKeys(
            new KeyFilter(head.size()),
            new KeyFilter(head.size()),
            HeadStore.rekeyed(connection, log));
    CompactRange range = CompactRange.EMPTY;
    while (range.size() < head.size()) {
      long end = Math.min(range.size() + PAGE, head.size());
      List<Hash> leafHashes = TileStore.leafHashes(connection, log, range.size(), end);
      if (forgotten.getAsBoolean() || leafHashes.size() < end - range.size()) {
        return Optional.empty();
      }
      leafHashes.forEach(leafHash -> keys.leaves.add(EntryStore.leafKey(leafHash)));
      TokenStore.keys(connection, log, range.size(), end, keys.tokens::add);
      range = range.append(leafHashes);
    }
    boolean sound = HeadStore.read(connection, log).epoch() == epoch && range.head().equals(head);
    return sound ? Optional.of(keys) : Optional.empty();
  }
}
