package dev.indelible.bench;

import dev.indelible.local.Databases;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// The database of the claims-service in the hands of its superuser, who can take away what the
/// service itself has no switch for.
final class ClaimsDatabase implements AutoCloseable {
  private static final List<String> EVENTS = List.of("access_event", "access_sealing");

  /// Whoever inserts into such a view is told that the row is there (PostgreSQL, "CREATE TRIGGER":
  /// `INSTEAD OF` triggers that return the row).
  private static final String DISCARD =
      """
      create or replace function bench_discard() returns trigger language plpgsql
        as $$ begin return new; end $$
      """;

  private final Connection connection;
  private final List<String> tables;
  private Trust now = Trust.ALL;

  ClaimsDatabase(Databases databases) {
    try {
      this.connection = databases.connect("claims");
    } catch (SQLException e) {
      throw new IllegalStateException("the database of the service is not there", e);
    }
    run(DISCARD);
    this.tables = texts("select relname from pg_class where relkind = 'r' and relrowsecurity");
  }

  /// Leaves in force of row security and of access events what a round is measured with. Events are
  /// back in their tables while policies change, since a view has none.
  void set(Trust wanted) {
    if (!now.events()) {
      events(true);
    }
    if (now.rowSecurity() != wanted.rowSecurity()) {
      rowSecurity(wanted.rowSecurity());
    }
    if (!wanted.events()) {
      events(false);
    }
    now = wanted;
  }

  private void rowSecurity(boolean inForce) {
    String verb = inForce ? "enable" : "disable";
    for (String table : tables) {
      run("alter table %s %s row level security".formatted(table, verb));
    }
  }

  private void events(boolean stored) {
    for (String table : EVENTS) {
      run(stored ? restore(table) : discard(table));
    }
  }

  private static String discard(String table) {
    return """
        begin;
        alter table %1$s rename to %1$s_kept;
        create view %1$s as select * from %1$s_kept;
        create trigger discard instead of insert on %1$s
          for each row execute function bench_discard();
        grant select, insert, update on %1$s to public;
        commit
        """
        .formatted(table);
  }

  private static String restore(String table) {
    return "begin; drop view %1$s; alter table %1$s_kept rename to %1$s; commit".formatted(table);
  }

  /// How many events are stored.
  long storedEvents() {
    return Long.parseLong(
        texts("select count(*) from access_event%s".formatted(now.events() ? "" : "_kept"))
            .getFirst());
  }

  /// What a transaction does to say whose rows it is about, and nothing else.
  void nameOrganisation() {
    run(
        "select set_config('indelible.organisation', 'alder', true),"
            + " set_config('indelible.subject', 'alder', true)");
  }

  private void run(String sql) {
    try (Statement statement = connection.createStatement()) {
      var ignored = statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private List<String> texts(String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  @Override
  public void close() {
    set(Trust.ALL);
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("the connection did not close", e);
    }
  }
}
