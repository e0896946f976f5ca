package dev.indelible.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresServerTest {

  private final Path folder = Scratch.folder();
  private final Databases databases = new Databases(Ports.anyFree(), Secrets.random());
  private final PostgresServer server = server();

  @AfterEach
  void stop() {
    server.node().stop();
    Scratch.delete(folder);
  }

  @Test
  void keepsDataOverStopAndCrash() throws SQLException {
    server.start();
    databases.create("claims", "first");
    execute("create table note (words text)", "insert into note values ('kept')");

    server.node().stop();
    server.start();
    assertEquals("kept", ask("select words from note"));

    execute("insert into note values ('committed before the crash')");
    server.node().kill();
    server.start();
    assertEquals("2", ask("select count(*) from note"));
  }

  @Test
  void isDurableAndAsksForPasswords() throws SQLException {
    server.start();
    databases.create("claims", "first");

    for (String setting :
        List.of("fsync", "synchronous_commit", "full_page_writes", "data_checksums")) {
      assertEquals("on", ask("show " + setting), setting);
    }
    assertThrows(SQLException.class, () -> connect("claims", "wrong"));
    databases.create("ledger", "other");
    assertThrows(SQLException.class, () -> connect("ledger", "first"));
  }

  @Test
  void aFreshTestDatabaseIsEmpty() throws SQLException {
    TestPostgres.Database first = TestPostgres.fresh("fresh");
    try (Connection c = connect(first, first.owner())) {
      c.createStatement().execute("create table note (words text)");
    }
    TestPostgres.Database second = TestPostgres.fresh("fresh");
    try (Connection c = connect(second, second.owner());
        ResultSet tables =
            c.createStatement().executeQuery("select from pg_tables where tablename = 'note'")) {
      assertFalse(tables.next());
    }
  }

  @Test
  void aServiceMayConnectAndNothingElse() throws SQLException {
    TestPostgres.Database database = TestPostgres.fresh("fresh");
    try (Connection owner = connect(database, database.owner());
        Connection service = connect(database, database.service())) {
      owner.createStatement().execute("create table note (words text)");
      for (String sql :
          List.of(
              "select from note",
              "create table other (words text)",
              "create temporary table other (words text)",
              "create schema other",
              "set role fresh",
              "set session authorization fresh")) {
        SQLException refused =
            assertThrows(SQLException.class, () -> service.createStatement().execute(sql), sql);
        assertEquals("42501", refused.getSQLState(), sql); // insufficient_privilege
      }
      try (ResultSet role =
          service
              .createStatement()
              .executeQuery(
                  """
                  select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication
                  from pg_roles where rolname = current_user""")) {
        assertTrue(role.next());
        assertFalse(role.getBoolean(1));
      }
    }
  }

  private static Connection connect(TestPostgres.Database database, TestPostgres.Login login)
      throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), login.user(), login.password());
  }

  private PostgresServer server() {
    return new PostgresServer(
        Home.find().cache(),
        folder.resolve("postgres"),
        folder.resolve("postgres.log"),
        databases,
        new Node.Place(folder.resolve("run"), false),
        Sizing.LAPTOP);
  }

  private Connection connect(String database, String password) throws SQLException {
    return DriverManager.getConnection(databases.jdbcUrl(database), "claims", password);
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = connect("claims", "first")) {
      for (String sql : statements) {
        connection.createStatement().execute(sql);
      }
    }
  }

  private String ask(String question) throws SQLException {
    try (Connection connection = connect("claims", "first");
        ResultSet answer = connection.createStatement().executeQuery(question)) {
      answer.next();
      return answer.getString(1);
    }
  }
}
