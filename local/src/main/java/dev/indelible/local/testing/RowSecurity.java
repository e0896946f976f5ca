package dev.indelible.local.testing;

import dev.indelible.local.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;

/// The database of the service under test as its own login finds it, with and without a setting of
/// whose rows the transaction is about. Every question is asked in a transaction that is rolled
/// back.
///
/// @param database the database's name
public record RowSecurity(String database) {
  /// SQLSTATE of a missing privilege, and of a row that a policy keeps out.
  public static final String FORBIDDEN = "42501";

  private static final String TABLES =
      "select relname from pg_class c where relkind in ('r', 'p') and relname <> 'flyway_schema_history'"
          + " and relnamespace = 'public'::regnamespace";

  /// The tables of the schema with rows of somebody's: all but the proofs that came with tokens and
  /// the authentications that are spent, which say nothing, and Flyway's own.
  public List<String> tables() {
    return asSuperuser(
        TABLES + " and relname not in ('dpop_proof', 'spent_authentication') order by 1");
  }

  /// Tables that do not keep even their owner to policies, or have none.
  public List<String> open() {
    return asSuperuser(
        TABLES
            + " and not (relrowsecurity and relforcerowsecurity"
            + " and exists (select from pg_policy where polrelid = c.oid)) order by 1");
  }

  /// What the service may do beyond reading and inserting, as `table: privilege` or `table: UPDATE
  /// column`.
  public List<String> privileges() {
    return asSuperuser(
        """
        select table_name || ': ' || privilege_type from information_schema.table_privileges
        where grantee = '%1$s' and privilege_type not in ('SELECT', 'INSERT')
        union select table_name || ': UPDATE ' || column_name from information_schema.column_privileges
        where grantee = '%1$s' and privilege_type = 'UPDATE' order by 1"""
            .formatted(login()));
  }

  /// All rows of a table, as JSON without what it knows of others on purpose.
  ///
  /// @param organisation the setting; none, or `*`
  public List<String> rows(String table, Optional<String> organisation) {
    String query = "select (to_jsonb(t) - 'other_claim_id')::text from " + table + " t order by 1";
    return inTransaction(organisation, statement -> texts(statement.executeQuery(query)));
  }

  /// A command on behalf of an organisation.
  ///
  /// @return how many rows it touched
  /// @throws Refused by the database
  public int execute(String organisation, String command) {
    return inTransaction(Optional.of(organisation), statement -> statement.executeUpdate(command));
  }

  /// The SQLSTATE with which the database refuses a command on behalf of an organisation.
  public Optional<String> refusal(String organisation, String command) {
    try {
      var ignored = execute(organisation, command);
      return Optional.empty();
    } catch (Refused e) {
      return Optional.of(e.state());
    }
  }

  /// The ways in which the service's login could widen its own rights or undo what was done, as far
  /// as they are open.
  ///
  /// @param table one that is never changed
  public List<String> waysOut(String table) {
    return Stream.of(
            "set role " + database,
            "set session authorization " + database,
            "alter role " + login() + " bypassrls",
            "alter table %s disable row level security",
            "alter table %s no force row level security",
            "drop policy own on %s",
            "create policy mine on %s using (true)",
            "alter function sees_all() rename to sees_none",
            "create or replace function sees_all() returns boolean language sql return true",
            // Makes a query fail that a policy would have cut short, and lets no row through.
            "set local row_security = off; select from %s",
            "alter table %s add column x text",
            "truncate %s cascade",
            "update %s set organisation = 'mine'",
            "select id from %s for update",
            "create table mine (x text)",
            "create temporary table %s (x text)",
            "create schema mine",
            "select * from flyway_schema_history")
        .map(command -> command.formatted(table))
        .filter(command -> !refusal("*", command).equals(Optional.of(FORBIDDEN)))
        .toList();
  }

  /// Has organisations ask in turn, by more threads than the service's pool has connections.
  ///
  /// @param shown whose rows an organisation is shown
  /// @return who was shown what, where it was not its own rows alone
  public static List<String> mixed(List<String> organisations, Function<String, Set<String>> shown)
      throws ExecutionException, InterruptedException {
    List<String> asking =
        Collections.nCopies(150, organisations).stream().flatMap(List::stream).toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      List<Future<Set<String>>> answers =
          asking.stream().map(each -> threads.submit(() -> shown.apply(each))).toList();
      List<String> mixed = new ArrayList<>();
      for (int i = 0; i < answers.size(); i++) {
        Set<String> answer = answers.get(i).get();
        if (!answer.equals(Set.of(asking.get(i)))) {
          mixed.add(asking.get(i) + " was shown " + answer);
        }
      }
      return mixed;
    }
  }

  /// All rows of a table, whoever's: no policy holds for the superuser.
  public List<String> asSuperuser(String query) {
    try (Connection connection = TestPostgres.connect(database);
        Statement statement = connection.createStatement()) {
      return texts(statement.executeQuery(query));
    } catch (SQLException e) {
      throw new Refused(e);
    }
  }

  /// Edits a table as nobody could whom its constraints hold, looks, and puts every row back.
  public void edited(String table, String edit, Runnable look) {
    List<String> checks =
        asSuperuser(
            """
            select format('constraint %%I %%s', conname, pg_get_constraintdef(oid))
            from pg_constraint where contype = 'c' and conrelid = '%s'::regclass"""
                .formatted(table));
    List<String> before = new ArrayList<>();
    // Checks no foreign key and fires no trigger.
    before.add("set session_replication_role = replica");
    before.add("create table kept as table " + table);
    checks.forEach(
        check -> before.add("alter table " + table + " drop constraint " + check.split(" ")[1]));
    before.add(edit);
    List<String> after = new ArrayList<>();
    after.add("set session_replication_role = replica");
    after.add("delete from " + table);
    after.add("insert into " + table + " select * from kept");
    checks.forEach(check -> after.add("alter table " + table + " add " + check));
    after.add("drop table kept");
    run(before);
    try {
      look.run();
    } finally {
      run(after);
    }
  }

  private void run(List<String> commands) {
    try (Connection connection = TestPostgres.connect(database);
        Statement statement = connection.createStatement()) {
      for (String command : commands) {
        var ignored = statement.execute(command);
      }
    } catch (SQLException e) {
      throw new Refused(e);
    }
  }

  /// The database said no.
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String state;

    Refused(SQLException cause) {
      super(cause);
      this.state = cause.getSQLState();
    }

    /// The SQLSTATE.
    public String state() {
      return state;
    }
  }

  @FunctionalInterface
  private interface Work<T> {
    T with(Statement statement) throws SQLException;
  }

  private <T> T inTransaction(Optional<String> organisation, Work<T> work) {
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      if (organisation.isPresent()) {
        set(connection, organisation.get());
      }
      try (Statement statement = connection.createStatement()) {
        return work.with(statement);
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw new Refused(e);
    }
  }

  private static void set(Connection connection, String organisation) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select set_config('indelible.organisation', ?, true)")) {
      statement.setString(1, organisation);
      var ignored = statement.execute();
    }
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(setting("jdbc.url"), login(), setting("password"));
  }

  private static String login() {
    return setting("username");
  }

  private static String setting(String name) {
    return ConfigProvider.getConfig().getValue("quarkus.datasource." + name, String.class);
  }

  private static List<String> texts(ResultSet rows) throws SQLException {
    List<String> texts = new ArrayList<>();
    while (rows.next()) {
      texts.add(rows.getString(1));
    }
    return texts;
  }
}
