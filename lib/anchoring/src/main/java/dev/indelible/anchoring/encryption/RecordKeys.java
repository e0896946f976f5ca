package dev.indelible.anchoring.encryption;

import dev.indelible.anchoring.Sql;
import dev.indelible.kit.audit.Difference;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The table `record_key`, in the transaction at hand.
@ApplicationScoped
public class RecordKeys {
  private static final String SELECT = "select id, organisation, kek, wrapped from record_key";

  private final Sql sql;
  private final KeyEncryption keks;

  @Inject
  RecordKeys(DataSource dataSource, KeyEncryption keks) {
    this.sql = new Sql(dataSource);
    this.keks = keks;
  }

  /// The key under this id, which is made when there is none. Of two transactions that make it at
  /// once the second fails.
  public DataKey of(UUID id, String organisation) {
    return find(id).map(this::require).orElseGet(() -> create(id, organisation));
  }

  private DataKey require(StoredKey row) {
    return unwrap(row)
        .orElseThrow(() -> new IllegalStateException("cannot be unwrapped: key " + row.id()));
  }

  /// The key of a record that is new.
  public DataKey create(UUID id, String organisation) {
    DataKey key = DataKey.random();
    store(id, organisation, key);
    return key;
  }

  /// Stores the key of a record that is new, for who needed it before.
  public void store(UUID id, String organisation, DataKey key) {
    StoredKey row = StoredKey.of(id, organisation, key, keks);
    sql.one(
        "insert into record_key (id, organisation, kek, wrapped) values (?, ?, ?, ?)",
        row.id(),
        row.organisation(),
        row.kek(),
        row.wrapped().toArray());
  }

  private Optional<StoredKey> find(UUID id) {
    return sql.find(StoredKey::read, SELECT + " where id = ?", id);
  }

  /// Those of these keys that are there. Of a single one PostgreSQL keeps the plan; with a list it
  /// plans anew each time, which takes five times as long as the look-up.
  public Map<UUID, StoredKey> find(Collection<UUID> ids) {
    if (ids.size() == 1) {
      return find(ids.iterator().next()).stream()
          .collect(Collectors.toMap(StoredKey::id, Function.identity()));
    }
    return sql
        .list(StoredKey::read, SELECT + " where id = any (?)", (Object) ids.toArray(UUID[]::new))
        .stream()
        .collect(Collectors.toMap(StoredKey::id, Function.identity()));
  }

  /// The data keys of records, each by the statement that asks for it. When somebody has made a row
  /// name another record, it is still the key that the statement's seed is under.
  ///
  /// @param records by statement
  public Map<UUID, DataKey> open(Map<UUID, UUID> records) {
    Map<UUID, StoredKey> found = find(records.values());
    Map<UUID, DataKey> opened = new HashMap<>();
    records.forEach(
        (statement, record) ->
            Optional.ofNullable(found.get(record))
                .or(() -> ofStatement(statement))
                .flatMap(this::unwrap)
                .ifPresent(key -> opened.put(statement, key)));
    return opened;
  }

  /// What rows say, each with the key of its record where there is one that can be unwrapped.
  ///
  /// @param statement the statement that a row is the record of
  public <R, T> List<T> read(
      List<R> rows,
      Function<R, UUID> statement,
      Function<R, UUID> record,
      BiFunction<R, Optional<DataKey>, T> as) {
    Map<UUID, DataKey> opened = open(rows.stream().collect(Collectors.toMap(statement, record)));
    return rows.stream()
        .map(row -> as.apply(row, Optional.ofNullable(opened.get(statement.apply(row)))))
        .toList();
  }

  private Optional<StoredKey> ofStatement(UUID statement) {
    return sql.find(
        StoredKey::read,
        SELECT + " where id = (select key_id from anchored_statement where id = ?)",
        statement);
  }

  /// The data key of a row, unless the row was changed or its key-encryption key is gone.
  public Optional<DataKey> unwrap(StoredKey row) {
    return row.unwrap(keks);
  }

  /// What is wrong with a key that something is encrypted under; nothing when it can be unwrapped.
  ///
  /// @param row as it was found, if it was
  /// @param owner the organisation whose key it should be
  public Optional<Difference> damage(UUID id, @Nullable StoredKey row, String owner) {
    if (row == null) {
      return Optional.of(difference(id, null, "row was deleted"));
    }
    return unwrap(row).isPresent()
        ? Optional.empty()
        : Optional.of(
            difference(id, row.damaged(keks, owner), "is damaged: the key cannot be unwrapped"));
  }

  private static Difference difference(UUID id, @Nullable String column, String message) {
    return new Difference(StoredKey.TABLE, id.toString(), column, null, null, null, message);
  }

  /// Destroys a key. Whatever it encrypted, here and in copies, opens no more once the copies of
  /// the key itself are gone, or the key-encryption key that they are wrapped under. One that
  /// somebody destroyed before us is no reason not to erase the rest.
  public void destroy(UUID id) {
    var rows = sql.update("delete from record_key where id = ?", id);
    assert rows <= 1;
  }

  /// The next keys after `last` that are under others than the current key-encryption key.
  List<StoredKey> older(UUID last, int limit) {
    Set<String> older = keks.older();
    return sql.list(
        StoredKey::read,
        SELECT + " where kek = any (?) and id > ? order by id limit ?",
        older.toArray(String[]::new),
        last,
        limit);
  }

  /// Wraps a key anew, if it can be unwrapped and is still there as it was read: one that was
  /// erased meanwhile stays so.
  void rewrap(StoredKey row) {
    unwrap(row)
        .map(key -> StoredKey.of(row.id(), row.organisation(), key, keks))
        .ifPresent(renewed -> replace(row, renewed));
  }

  private void replace(StoredKey row, StoredKey renewed) {
    var rows =
        sql.update(
            "update record_key set kek = ?, wrapped = ? where id = ? and wrapped = ?",
            renewed.kek(),
            renewed.wrapped().toArray(),
            row.id(),
            row.wrapped().toArray());
    assert rows <= 1;
  }
}
