package dev.indelible.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.indelible.local.TestPostgres;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLWarning;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A COMMIT that does not return cleanly is not a commit to us, whatever it did.
class TransactionsTest {
  private static TestPostgres.Database database;

  @BeforeAll
  static void table() throws SQLException {
    database = TestPostgres.fresh("commits");
    new Transactions(source((connection, method) -> null))
        .write(connection -> connection.createStatement().execute("CREATE TABLE t (x int)"));
  }

  /// What happens instead of, or after, a call on a connection.
  private interface Fault {
    Object on(Connection connection, String method) throws SQLException;
  }

  private static DataSource source(Fault fault) {
    return proxy(
        DataSource.class,
        (self, method, arguments) -> {
          Connection real =
              DriverManager.getConnection(
                  database.jdbcUrl(), database.owner().user(), database.owner().password());
          return proxy(
              Connection.class,
              (connection, call, values) -> {
                Object instead = fault.on(real, call.getName());
                return instead != null ? instead : invoke(real, call, values);
              });
        });
  }

  private static Object invoke(Object target, java.lang.reflect.Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, java.lang.reflect.InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static long rows() throws SQLException {
    return new Transactions(source((connection, method) -> null))
        .read(
            connection -> {
              var rows = connection.createStatement().executeQuery("SELECT count(*) FROM t");
              rows.next();
              return rows.getLong(1);
            });
  }

  private static boolean insert(Transactions transactions) throws SQLException {
    return transactions.write(
        connection -> connection.createStatement().execute("INSERT INTO t VALUES (1)"));
  }

  @Test
  void aWarningOnCommitIsDoubt() throws SQLException {
    // PostgreSQL's, when a wait for the standby is cancelled.
    SQLWarning warning =
        new SQLWarning(
            "The transaction has already committed locally, but might not be replicated");
    long before = rows();
    Transactions transactions =
        new Transactions(
            source((connection, method) -> method.equals("getWarnings") ? warning : null));
    assertThrows(DoubtfulCommitException.class, () -> insert(transactions));
    assertEquals(before + 1, rows(), "visible, and yet not to be relied on");
  }

  @Test
  void aFailedCommitIsDoubt() {
    Transactions transactions =
        new Transactions(
            source(
                (connection, method) -> {
                  if (method.equals("commit")) {
                    connection.close();
                  }
                  return null;
                }));
    assertThrows(DoubtfulCommitException.class, () -> insert(transactions));
  }

  @Test
  void aRealWarningOfCommitReachesUs() throws SQLException {
    // A deferred constraint trigger speaks during COMMIT itself, on the real wire.
    Transactions plain = new Transactions(source((connection, method) -> null));
    plain.write(
        connection ->
            connection
                .createStatement()
                .execute(
                    """
                    CREATE TABLE w (x int);
                    CREATE FUNCTION warn() RETURNS trigger LANGUAGE plpgsql AS
                      $$BEGIN RAISE WARNING 'at commit'; RETURN NULL; END$$;
                    CREATE CONSTRAINT TRIGGER warns AFTER INSERT ON w DEFERRABLE INITIALLY DEFERRED
                      FOR EACH ROW EXECUTE FUNCTION warn();
                    """));
    assertThrows(
        DoubtfulCommitException.class,
        () ->
            plain.write(
                connection -> connection.createStatement().execute("INSERT INTO w VALUES (1)")));
  }
}
