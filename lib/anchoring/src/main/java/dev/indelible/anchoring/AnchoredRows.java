package dev.indelible.anchoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/// Reads all tables of this library side by side, for the audit.
@ApplicationScoped
public class AnchoredRows {
  /// Far more than a bundle of the log has places.
  private static final int MOST = 10_000;

  private final Sql sql;
  private final Seeds seeds;

  @Inject
  AnchoredRows(DataSource dataSource, Seeds seeds) {
    this.sql = new Sql(dataSource);
    this.seeds = seeds;
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

  /// The entries that receipts say are at these places in the log.
  ///
  /// @param start the first place
  /// @param end the one after the last
  public List<PlacedEntry> placed(long start, long end) {
    return sql.list(
        PlacedEntry::read,
        "select r.leaf_index, s.id, s.entry from receipt r"
            + " join anchored_statement s on s.id = r.statement_id"
            + " where r.leaf_index >= ? and r.leaf_index < ? order by r.leaf_index limit ?",
        start,
        end,
        MOST);
  }

  /// Refusals that say that an entry at one of these places was there first; of those that say the
  /// same, one.
  public List<StoredRefusal> refusals(long start, long end) {
    return sql.list(
        RefusalStore::read,
        RefusalStore.SELECT_ORIGINALS
            + " where original_index >= ? and original_index < ?"
            + " order by original_index, original_record limit ?",
        start,
        end,
        MOST);
  }

  /// Those of these statements whose entry, byte by byte, is also another's that has a receipt, a
  /// refusal or an outbox row.
  public Set<UUID> copies(Collection<UUID> ids) {
    return Set.copyOf(
        sql.list(
            row -> row.getObject(1, UUID.class),
            """
            select c.id from anchored_statement c
            join anchored_statement s on s.entry = c.entry and s.id <> c.id
            where c.id = any (?) and (exists (select from receipt r where r.statement_id = s.id)
              or exists (select from refusal f where f.statement_id = s.id)
              or exists (select from outbox o where o.statement_id = s.id))
            """,
            (Object) ids.toArray(UUID[]::new)));
  }

  /// Which of these entries a statement that came after the moment of the transaction at hand
  /// accounts for: it has the receipt for that place, or still waits for it.
  ///
  /// @param entries leaves by their places
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public Set<Bytes> arrived(Map<Long, byte[]> entries) {
    return Set.copyOf(
        sql.list(
            row -> Bytes.of(row.getBytes(1)),
            """
            select entry from anchored_statement where entry = any (?) and id in
              (select statement_id from receipt where leaf_index = any (?)
               union all select statement_id from outbox)
            """,
            entries.values().toArray(byte[][]::new),
            entries.keySet().toArray(Long[]::new)));
  }

  /// Which of these entries any statement has, now. Looks at every statement.
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public Set<Bytes> known(Collection<byte[]> entries) {
    return Set.copyOf(
        sql.list(
            row -> Bytes.of(row.getBytes(1)),
            "select distinct entry from anchored_statement where entry = any (?)",
            (Object) entries.toArray(byte[][]::new)));
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
