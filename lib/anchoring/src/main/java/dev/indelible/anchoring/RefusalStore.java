package dev.indelible.anchoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/// The table `refusal`.
@ApplicationScoped
class RefusalStore {
  private static final String COLUMNS =
      "statement_id, original_index, original_record, token_name, seal";

  static final String SELECT = "select " + COLUMNS + " from refusal";

  /// A refusal for each entry and record that any is based on: one claim may be submitted a hundred
  /// thousand times.
  static final String SELECT_ORIGINALS =
      "select distinct on (original_index, original_record) " + COLUMNS + " from refusal";

  private final Sql sql;

  @Inject
  RefusalStore(DataSource dataSource) {
    this.sql = new Sql(dataSource);
  }

  void insert(StoredRefusal row) {
    sql.one(
        "insert into refusal (" + COLUMNS + ") values (?, ?, ?, ?, ?)",
        row.statementId(),
        row.original().index(),
        row.original().record(),
        row.original().name(),
        row.seal().toArray());
  }

  Optional<StoredRefusal> find(UUID statementId) {
    return sql.find(RefusalStore::read, SELECT + " where statement_id = ?", statementId);
  }

  static StoredRefusal read(ResultSet row) throws SQLException {
    DuplicateOf original =
        new DuplicateOf(
            row.getLong("original_index"),
            row.getObject("original_record", UUID.class),
            row.getString("token_name"));
    return new StoredRefusal(
        row.getObject("statement_id", UUID.class), original, Bytes.of(row.getBytes("seal")));
  }
}
