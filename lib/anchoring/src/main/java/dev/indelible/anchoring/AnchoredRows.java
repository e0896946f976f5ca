package dev.indelible.anchoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/// Reads all tables of this library side by side, for the audit.
@ApplicationScoped
public class AnchoredRows {
  private final Sql sql;
  private final Seeds seeds;

  @Inject
  AnchoredRows(DataSource dataSource, Seeds seeds) {
    this.sql = new Sql(dataSource);
    this.seeds = seeds;
  }

  /// Makes the transaction at hand, which must not have read anything yet, see the database at one
  /// moment and change nothing.
  public void freeze() {
    var ignored = sql.update("set transaction isolation level repeatable read, read only");
  }

  /// Every statement that any table knows of.
  public List<UUID> ids() {
    return sql.list(
        row -> row.getObject(1, UUID.class),
        "select id from anchored_statement union select statement_id from receipt"
            + " union select statement_id from refusal union select statement_id from outbox");
  }

  /// What is stored about these statements; nothing stored, no element.
  public Map<UUID, AnchoredRow> find(Collection<UUID> ids) {
    UUID[] wanted = ids.toArray(UUID[]::new);
    var statements =
        by(
            StoredStatement::id,
            sql.list(
                StatementStore::read,
                StatementStore.SELECT + " where id = any (?)",
                (Object) wanted));
    Map<UUID, Seed> opened = seeds.read(statements.values());
    var receipts =
        by(StoredReceipt::statementId, list(ReceiptStore::read, ReceiptStore.SELECT, wanted));
    var refusals =
        by(StoredRefusal::statementId, list(RefusalStore::read, RefusalStore.SELECT, wanted));
    var waiting =
        by(
            StoredWaiting::statementId,
            list(OutboxStore::readRow, "select statement_id, tokens, seal from outbox", wanted));
    Map<UUID, AnchoredRow> rows = new HashMap<>();
    for (UUID id : ids) {
      AnchoredRow row =
          new AnchoredRow(
              id,
              statements.get(id),
              opened.getOrDefault(id, new Seed.Erased()),
              receipts.get(id),
              refusals.get(id),
              waiting.get(id));
      if (row.statement() != null || row.isAccountedFor()) {
        rows.put(id, row);
      }
    }
    return rows;
  }

  private <T> List<T> list(Sql.RowReader<T> reader, String select, UUID[] wanted) {
    return sql.list(reader, select + " where statement_id = any (?)", (Object) wanted);
  }

  private static <T> Map<UUID, T> by(Function<T, UUID> id, List<T> rows) {
    return rows.stream().collect(Collectors.toMap(id, Function.identity()));
  }

  /// Whether an opening is there, now, for exactly this leaf.
  @Transactional
  public boolean exists(byte[] entry) {
    return sql.find(row -> true, "select 1 from anchored_statement where entry = ? limit 1", entry)
        .isPresent();
  }

  /// How many rows a service's table has.
  ///
  /// @param table a name from the service's code, never from a request
  public long count(String table) {
    if (!table.matches("[a-z_]+")) {
      throw new IllegalArgumentException("not a table name: " + table);
    }
    return sql.find(row -> row.getLong(1), "select count(*) from " + table).orElseThrow();
  }
}
