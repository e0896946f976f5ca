package dev.indelible.e2e;

import dev.indelible.local.testing.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A database administrator with bad intentions: no constraint holds, no trigger fires. Puts back
/// what was changed, so that the next attack starts from a sound state.
final class Intruder {
  /// SQLSTATE of the victim of a deadlock.
  private static final String DEADLOCK = "40P01";

  private final Database database;

  Intruder(Database database) {
    this.database = database;
  }

  /// A row before it was attacked.
  ///
  /// @param place physical place, PostgreSQL's `ctid`
  /// @param content all columns as JSON
  /// @param key what the audit calls the row: its primary key
  record Row(String table, String place, String content, String key) {
    /// What the row says beside its key.
    String said() {
      return content.replace(key, "");
    }
  }

  /// Columns of all tables, but those of the tables `except` and the columns in it, as in
  /// `table.column`.
  List<Cell> cells(Set<String> except) {
    List<Cell> cells = new ArrayList<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                select table_name, column_name,
                  case data_type when 'ARRAY' then udt_name::text else data_type end
                from information_schema.columns
                where table_schema = 'public' order by table_name, ordinal_position""")) {
      while (rows.next()) {
        Cell cell = new Cell(rows.getString(1), rows.getString(2), rows.getString(3));
        if (!except.contains(cell.table()) && !except.contains(cell.toString())) {
          cells.add(cell);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return cells;
  }

  /// Takes check and unique constraints away, as whoever may alter a table can.
  void liftConstraints() {
    List<String> drops =
        database.texts(
            """
            select format('alter table %I drop constraint %I cascade', conrelid::regclass, conname)
            from pg_constraint
            where contype in ('c', 'u') and connamespace = 'public'::regnamespace
            union all
            select format('drop index %I', indexrelid::regclass) from pg_index
            join pg_class on pg_class.oid = indrelid
            where indisunique and relnamespace = 'public'::regnamespace
              and not exists (select from pg_constraint where conindid = indexrelid)""");
    drops.forEach(this::insist);
  }

  /// The audit that a service runs by itself may hold the same tables in another order.
  private void insist(String drop) {
    for (int tries = 1; ; tries++) {
      try {
        int ignored = database.execute(drop);
        return;
      } catch (IllegalStateException e) {
        boolean deadlock =
            e.getCause() instanceof SQLException cause && DEADLOCK.equals(cause.getSQLState());
        if (!deadlock || tries == 10) {
          throw e;
        }
      }
    }
  }

  List<Row> rows(String table) {
    String key = keyOf(table);
    List<Row> found = new ArrayList<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select t.ctid::text, to_jsonb(t)::text, t.%s::text from %s t"
                    .formatted(key, table))) {
      while (rows.next()) {
        found.add(new Row(table, rows.getString(1), rows.getString(2), rows.getString(3)));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return found;
  }

  /// Changes one cell; returns where the row is now.
  String change(Row row, Cell cell) {
    return place(
        "update %s set %s = %s where ctid = '%s' returning ctid"
            .formatted(row.table(), cell.column(), cell.otherValue(), row.place()));
  }

  void delete(Row row) {
    alone("delete from %s where ctid = '%s'".formatted(row.table(), row.place()));
  }

  /// Inserts the row once more, under a key of its own; returns where it is.
  String insertCopy(Row row) {
    return place(
        """
        insert into %1$s select * from jsonb_populate_record(null::%1$s,
          $json$%2$s$json$::jsonb || jsonb_build_object('%3$s', gen_random_uuid())) returning ctid"""
            .formatted(row.table(), row.content(), keyOf(row.table())));
  }

  /// Puts a row back as it was.
  ///
  /// @param place where the changed row is, or null when it is gone
  void restore(Row row, @org.jspecify.annotations.Nullable String place) {
    if (place != null && !isRemoved(row.table(), place)) {
      // The service has written to the row meanwhile, so it is somewhere else.
      alone("delete from %s where %s = '%s'".formatted(row.table(), keyOf(row.table()), row.key()));
    }
    alone(
        "insert into %1$s select * from jsonb_populate_record(null::%1$s, $json$%2$s$json$::jsonb)"
            .formatted(row.table(), row.content()));
  }

  /// Exchanges the contents of two rows, keys stay; returns where the rows are.
  List<String> swap(List<Row> pair) {
    Row first = pair.getFirst();
    Row second = pair.getLast();
    alone("delete from %s where ctid = '%s'".formatted(first.table(), first.place()));
    alone("delete from %s where ctid = '%s'".formatted(second.table(), second.place()));
    return List.of(
        insert(first.table(), second.content(), first.key()),
        insert(first.table(), first.content(), second.key()));
  }

  /// Puts rows back as they were.
  void restore(List<Row> rows, List<String> places) {
    places.forEach(place -> remove(rows.getFirst().table(), place));
    rows.forEach(row -> restore(row, null));
  }

  private String insert(String table, String content, String key) {
    return place(
        """
        insert into %1$s select * from jsonb_populate_record(null::%1$s,
          $json$%2$s$json$::jsonb || jsonb_build_object('%3$s', '%4$s')) returning ctid"""
            .formatted(table, content, keyOf(table), key));
  }

  void remove(String table, String place) {
    alone("delete from %s where ctid = '%s'".formatted(table, place));
  }

  private boolean isRemoved(String table, String place) {
    return update("delete from %s where ctid = '%s'".formatted(table, place)) == 1;
  }

  private void alone(String sql) {
    if (update(sql) != 1) {
      throw new IllegalStateException("not one row: " + sql);
    }
  }

  private int update(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private String place(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      if (!rows.next()) {
        throw new IllegalStateException("no row: " + sql);
      }
      return rows.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /// With this role PostgreSQL checks no foreign key and fires no trigger.
  private Connection connect() throws SQLException {
    Connection connection = database.connect();
    try (Statement statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
    }
    return connection;
  }

  private String keyOf(String table) {
    return database
        .texts(
            """
            select a.attname from pg_index i
            join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
            where i.indrelid = '%s'::regclass and i.indisprimary"""
                .formatted(table))
        .getFirst();
  }
}
