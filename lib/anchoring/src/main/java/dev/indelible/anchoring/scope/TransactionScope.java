package dev.indelible.anchoring.scope;

import dev.indelible.kit.identity.Caller;
import dev.indelible.kit.identity.CurrentCaller;
import io.agroal.api.AgroalPoolInterceptor;
import io.quarkus.arc.Arc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/// Says at the beginning of each transaction whose rows it is about, in the settings that the
/// policies compare with.
///
/// The setting is the transaction's (`SET LOCAL`): it ends with it, so whoever gets the connection
/// next begins with none. Where there is none, or no transaction, the policies let nothing through.
@ApplicationScoped
class TransactionScope implements AgroalPoolInterceptor {
  /// The setting's value for every organisation. No alias: see [#set].
  static final String ALL = "*";

  private final CurrentCaller caller;

  @Inject
  TransactionScope(CurrentCaller caller) {
    this.caller = caller;
  }

  /// Called once a transaction: within one the pool hands out the same connection.
  @Override
  public void onConnectionAcquire(Connection connection) {
    try {
      if (connection.getAutoCommit()) {
        return;
      }
      if (RowScope.isAll()) {
        setAll(connection);
      } else if (Arc.container().requestContext().isActive()) {
        set(connection, caller.get());
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the database took no scope", e);
    }
  }

  /// A command and not a query, after which an audit could not choose its isolation any more.
  private static void setAll(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      var ignored = statement.execute("set local indelible.organisation = '" + ALL + "'");
    }
  }

  /// The caller's organisation, if it acts for one, and who it is. An organisation that called
  /// itself `*` would be all of them, so it is none.
  private static void set(Connection connection, Caller caller) throws SQLException {
    String sql =
        "select set_config('indelible.organisation', ?, true),"
            + " set_config('indelible.subject', ?, true)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, caller.organisation().filter(own -> !own.equals(ALL)).orElse(""));
      statement.setString(2, caller.subject());
      var ignored = statement.execute();
    }
  }
}
