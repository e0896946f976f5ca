package dev.indelible.anchoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/// The table `anchored_statement`.
@ApplicationScoped
class StatementStore {
  private static final String COLUMNS =
      "id, organisation, entry, key_id, seed, pointers, cells, commitments";

  static final String SELECT = "select " + COLUMNS + " from anchored_statement";

  private final Sql sql;

  @Inject
  StatementStore(DataSource dataSource) {
    this.sql = new Sql(dataSource);
  }

  void insert(StoredStatement row) {
    Bytes seed = row.seed();
    sql.one(
        "insert into anchored_statement (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?)",
        row.id(),
        row.organisation(),
        row.entry().toArray(),
        row.keyId(),
        seed == null ? null : seed.toArray(),
        row.pointers().toArray(String[]::new),
        row.cells().toArray(String[]::new),
        row.commitments().toArray());
  }

  Optional<StoredStatement> find(UUID id) {
    return sql.find(StatementStore::read, SELECT + " where id = ?", id);
  }

  static StoredStatement read(ResultSet row) throws SQLException {
    byte[] seed = row.getBytes("seed");
    return new StoredStatement(
        row.getObject("id", UUID.class),
        row.getString("organisation"),
        Bytes.of(row.getBytes("entry")),
        row.getObject("key_id", UUID.class),
        seed == null ? null : Bytes.of(seed),
        texts(row, "pointers"),
        texts(row, "cells"),
        Bytes.of(row.getBytes("commitments")));
  }

  /// A null inside the array is somebody's edit; it must not stop the audit that reports it.
  private static List<String> texts(ResultSet row, String column) throws SQLException {
    Object[] elements = (Object[]) row.getArray(column).getArray();
    return java.util.Arrays.stream(elements).map(String::valueOf).toList();
  }
}
