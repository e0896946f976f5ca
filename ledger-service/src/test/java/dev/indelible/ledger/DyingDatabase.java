package dev.indelible.ledger;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/// The database as a process reaches it that dies inside a transaction, as by `kill -9`: its socket
/// is closed without a word, and nothing that it does afterwards has an effect.
public final class DyingDatabase {
  private static final String NOT_YET = "";

  private final PGSimpleDataSource real = new PGSimpleDataSource();
  private @Nullable Fate fate;
  private String statement = NOT_YET;
  private boolean dead;

  /// Where in its transaction it dies.
  public enum Fate {
    /// Before one of its statements.
    TORN,
    /// Before COMMIT is sent.
    LOST,
    /// When COMMIT has been carried out, before the answer is heard.
    PERSISTED
  }

  /// The database of the service under test, by its own login.
  public DyingDatabase() {
    real.setUrl(setting("jdbc.url"));
    real.setUser(setting("username"));
    real.setPassword(setting("password"));
  }

  private static String setting(String name) {
    return ConfigProvider.getConfig().getValue("quarkus.datasource." + name, String.class);
  }

  /// How its process begins and ends what it does.
  public Transactions transactions() {
    return new Transactions(
        proxy(DataSource.class, (self, method, values) -> connection(real.getConnection())));
  }

  /// It dies in the next transaction that commits.
  ///
  /// @param before a part of the statement before which it is torn
  public synchronized void dieIn(Fate next, String before) {
    fate = next;
    statement = before;
  }

  /// Whether it has died.
  public synchronized boolean isDead() {
    return dead;
  }

  private Connection connection(Connection to) throws SQLException {
    requireAlive();
    return proxy(
        Connection.class,
        (self, method, values) -> {
          switch (method.getName()) {
            case "commit" -> beforeCommit(to);
            case "prepareStatement" -> beforeStatement(to, (String) values[0]);
            default -> {}
          }
          return invoke(to, method, values);
        });
  }

  private synchronized void requireAlive() throws SQLException {
    if (dead) {
      throw new SQLException("this process is dead");
    }
  }

  private synchronized void beforeStatement(Connection to, String sql) throws SQLException {
    if (fate == Fate.TORN && sql.contains(statement)) {
      die(to);
    }
  }

  private synchronized void beforeCommit(Connection to) throws SQLException {
    if (fate == Fate.PERSISTED) {
      to.commit();
    }
    if (fate != null && fate != Fate.TORN) {
      die(to);
    }
  }

  private void die(Connection to) throws SQLException {
    dead = true;
    to.abort(Runnable::run);
    throw new SQLException("this process dies");
  }

  private static Object invoke(Object target, Method method, Object[] values) throws Throwable {
    try {
      return method.invoke(target, values);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
