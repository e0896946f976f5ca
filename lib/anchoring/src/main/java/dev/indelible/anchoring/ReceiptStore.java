package dev.indelible.anchoring;

import dev.indelible.transparency.Hash;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/// The table `receipt`.
@ApplicationScoped
class ReceiptStore {
  private static final String COLUMNS = "statement_id, leaf_index, block, level, proof, seal";

  static final String SELECT = "select " + COLUMNS + " from receipt";

  private final Sql sql;

  @Inject
  ReceiptStore(DataSource dataSource) {
    this.sql = new Sql(dataSource);
  }

  void insert(StoredReceipt row) {
    sql.one(
        "insert into receipt (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?)",
        row.statementId(),
        row.leafIndex(),
        row.block(),
        row.level(),
        row.proof(),
        row.seal().toArray());
  }

  /// Takes the lock for raising until the transaction ends. False when another process has it.
  boolean tryLock() {
    return new RelayLock(sql, RelayLock.RAISING).tryTake();
  }

  /// Puts witnessed receipts in the place of exactly those that were read. One that somebody edited
  /// meanwhile stays as it is, for the audit to find.
  ///
  /// @param witnessed each by the one that it is put in the place of
  /// @return how many were put
  int replace(Map<StoredReceipt, StoredReceipt> witnessed) {
    var olds = witnessed.keySet();
    var news = witnessed.values();
    return sql.update(
        """
        update receipt r set level = ?, proof = n.proof, seal = n.seal
        from unnest(?, ?, ?, ?, ?) as n (id, leaf, old, proof, seal)
        where r.statement_id = n.id and r.leaf_index = n.leaf and r.seal = n.old
        """,
        StoredReceipt.WITNESSED,
        olds.stream().map(StoredReceipt::statementId).toArray(UUID[]::new),
        olds.stream().map(StoredReceipt::leafIndex).toArray(Long[]::new),
        olds.stream().map(old -> old.seal().toArray()).toArray(byte[][]::new),
        news.stream().map(StoredReceipt::proof).toArray(String[]::new),
        news.stream().map(receipt -> receipt.seal().toArray()).toArray(byte[][]::new));
  }

  Optional<StoredReceipt> find(UUID statementId) {
    return sql.find(ReceiptStore::read, SELECT + " where statement_id = ?", statementId);
  }

  /// A receipt that no quorum has seen yet.
  ///
  /// @param leafHash of the entry that is stored with its statement
  record Included(StoredReceipt receipt, Hash leafHash) {}

  /// The oldest receipts that no quorum has seen yet, behind a leaf.
  List<Included> notWitnessed(long after, int limit) {
    return sql.list(
        row -> new Included(read(row), Hash.leaf(row.getBytes("entry"))),
        """
        select r.statement_id, r.leaf_index, r.block, r.level, r.proof, r.seal, s.entry
        from receipt r join anchored_statement s on s.id = r.statement_id
        where r.level = 'included' and r.leaf_index > ? order by r.leaf_index limit ?
        """,
        after,
        limit);
  }

  /// Whether the receipt of this leaf is one of those.
  boolean isNotWitnessed(long leaf) {
    return sql.find(
            row -> true, "select from receipt where level = 'included' and leaf_index = ?", leaf)
        .isPresent();
  }

  static StoredReceipt read(ResultSet row) throws SQLException {
    return new StoredReceipt(
        row.getObject("statement_id", UUID.class),
        row.getLong("leaf_index"),
        row.getLong("block"),
        row.getString("level"),
        row.getString("proof"),
        Bytes.of(row.getBytes("seal")));
  }
}
