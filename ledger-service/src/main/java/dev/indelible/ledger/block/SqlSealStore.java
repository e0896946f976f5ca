package dev.indelible.ledger.block;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.tile.StoredNodes;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
  public Optional<Unsealed> unsealed(Log log, TreeHead head) throws SQLException {
    return transactions.query(connection -> unsealed(connection, log.name(), head));
  }

  /// Several statements without a common snapshot: leaves below the head never change, and of a
  /// tile that has grown meanwhile only the part below the head is looked at.
  private static Optional<Unsealed> unsealed(Connection connection, String log, TreeHead head)
      throws SQLException {
    Optional<Block> last = BlockStore.last(connection, log);
    TreeHead sealed = last.map(Block::head).orElse(TreeHead.EMPTY);
    if (head.size() <= sealed.size()) {
      return Optional.empty();
    }
    StoredNodes tiles = new StoredNodes(connection, log);
    tiles.fetchEdges(sealed.size(), head.size());
    return Optional.of(
        new Unsealed(
            last,
            head,
            leafHashes(connection, log, sealed.size(), head.size()),
            tiles,
            TokenSeal.digest(connection, log, sealed.size(), head.size())));
  }

  private static List<Hash> leafHashes(Connection connection, String log, long start, long end)
      throws SQLException {
    String sql = "SELECT bytes FROM entry WHERE log = ? AND idx >= ? AND idx < ? ORDER BY idx";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log);
      select.setLong(2, start);
      select.setLong(3, end);
      ResultSet rows = select.executeQuery();
      List<Hash> hashes = new ArrayList<>();
      while (rows.next()) {
        hashes.add(Hash.leaf(rows.getBytes(1)));
      }
      return hashes;
    }
  }

  @Override
  public boolean insert(Log log, Block block, TokenSeal seal) throws SQLException {
    return transactions.write(
        connection ->
            BlockStore.insert(connection, log.name(), block)
                && seal.insert(connection, log.name(), block.number()));
  }
}
