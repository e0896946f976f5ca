package dev.indelible.kit.identity;

import dev.indelible.kit.problem.Rejection;
import dev.indelible.transparency.Hash;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;

/// The authentications that have carried a grave act, in the service's database: each is good for
/// one. 21 CFR 11.200(a)(1)(ii) wants all components of a signature at each signing that is not
/// part of one period of controlled access, and a service that holds tokens knows of no such
/// period.
///
/// Spending comes last in a transaction, after everything that may refuse the act: the row is
/// locked until the end, and who has it must not wait for anything that others who want it hold.
@ApplicationScoped
public class SpentAuthentications {
  /// By so much may the clocks of processes differ.
  private static final Duration APART = Duration.ofMinutes(1);

  private final Instance<DataSource> database;
  private final Clock clock;

  @Inject
  SpentAuthentications(Instance<DataSource> database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /// Spends the caller's authentication in the transaction at hand. When that is rolled back, it is
  /// not spent; while another one that spends it is under way, this one waits for its end.
  ///
  /// @throws Rejection (401) when it is not fresh, or was spent
  /// @throws IllegalStateException outside a transaction
  public void spend(Caller caller) {
    try (Connection connection = database.get().getConnection()) {
      spend(caller, connection);
    } catch (SQLException e) {
      throw new IllegalStateException(
          "no database, so no authentication is known to be unspent", e);
    }
  }

  /// The same in the transaction of a connection.
  public void spend(Caller caller, Connection connection) throws SQLException {
    if (connection.getAutoCommit()) {
      throw new IllegalStateException("spent without the act");
    }
    caller.requireFreshAuthentication(clock.instant());
    Authentication.Shown shown = caller.authentication().shown().orElseThrow();
    if (!insert(connection, shown.id(), shown.at().plus(Authentication.FRESH).plus(APART))) {
      throw Rejection.of(
          IdentityProblem.AUTHENTICATION_SPENT,
          "With this sign-in something grave was done already, and each such act takes one of its"
              + " own (21 CFR 11.200). Nothing was done now. Look whether it was this that was done;"
              + " if not, sign in again as WWW-Authenticate says and send the request once more.");
    }
  }

  private static boolean insert(Connection connection, Hash id, Instant until) throws SQLException {
    String sql =
        "insert into spent_authentication (id, until) values (?, ?) on conflict do nothing";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setBytes(1, id.bytes());
      insert.setTimestamp(2, Timestamp.from(until));
      return insert.executeUpdate() == 1;
    }
  }
}
