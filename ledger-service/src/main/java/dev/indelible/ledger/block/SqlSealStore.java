package dev.indelible.ledger.block;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.head.HeadStore;
import dev.indelible.ledger.tile.StoredNodes;
import dev.indelible.ledger.tile.TileStore;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Sealing's database as PostgreSQL has it.
@ApplicationScoped
class SqlSealStore implements SealStore {
  private final Transactions transactions;

  SqlSealStore(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Optional<Block> last(Log log) throws SQLException {
    return transactions.query(connection -> BlockStore.last(connection, log.name()));
  }

  @Override
  public Hash tokens(Log log, long start, long end) throws SQLException {
    return transactions.query(connection -> TokenSeal.digest(connection, log.name(), start, end));
  }

  @Override
  public <T> T read(Log log, long epoch, TreeHead from, TreeHead to, Function<Stored, T> check)
      throws SQLException {
    return transactions.query(
        connection -> {
          Stored stored = stored(connection, log.name(), from.size(), to.size());
          try {
            log.keys().read(connection, to.size());
            return check.apply(stored);
          } catch (SelfCheckException e) {
            transactions.write(
                connection,
                same -> {
                  HeadStore.confirm(same, log.name(), epoch);
                  return true;
                });
            throw e;
          }
        });
  }

  /// Several statements without a common snapshot: leaves below the head never change, and of a
  /// tile that has grown meanwhile only the part below the head is looked at.
  private static Stored stored(Connection connection, String log, long start, long end)
      throws SQLException {
    StoredNodes tiles = new StoredNodes(connection, log);
    tiles.fetchEdges(start, end);
    List<Hash> leafHashes =
        TileStore.entries(connection, log, start, end).stream().map(Hash::leaf).toList();
    return new Stored(leafHashes, tiles);
  }

  @Override
  public boolean insert(Log log, Block block, TokenSeal seal) throws SQLException {
    return transactions.write(
        connection ->
            BlockStore.insert(connection, log.name(), block)
                && seal.insert(connection, log.name(), block.number()));
  }
}
