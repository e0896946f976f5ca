package dev.indelible.anchoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
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

  /// Puts the witnessed receipt in the place of exactly the one that was read.
  void replace(StoredReceipt old, StoredReceipt witnessed) {
    sql.one(
        "update receipt set level = ?, proof = ?, seal = ?"
            + " where statement_id = ? and leaf_index = ? and seal = ?",
        witnessed.level(),
        witnessed.proof(),
        witnessed.seal().toArray(),
        old.statementId(),
        old.leafIndex(),
        old.seal().toArray());
  }

  Optional<StoredReceipt> find(UUID statementId) {
    return sql.find(ReceiptStore::read, SELECT + " where statement_id = ?", statementId);
  }

  /// The oldest receipts that no quorum has seen yet.
  List<StoredReceipt> notWitnessed(int limit) {
    return sql.list(
        ReceiptStore::read,
        SELECT + " where level = 'included' order by leaf_index limit ?",
        limit);
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
