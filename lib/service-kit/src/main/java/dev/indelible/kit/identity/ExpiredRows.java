package dev.indelible.kit.identity;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/// Deletes proofs and spent authentications that nobody would take any more, even if they were not
/// known.
@ApplicationScoped
public class ExpiredRows {
  private static final Logger LOG = Logger.getLogger(ExpiredRows.class);
  private static final Duration EVERY = Duration.ofSeconds(30);
  private static final List<String> TABLES = List.of("dpop_proof", "spent_authentication");

  private final Instance<DataSource> database;
  private final Clock clock;

  @Inject
  ExpiredRows(Instance<DataSource> database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  void begin(@Observes StartupEvent event, Vertx vertx) {
    Callable<Integer> sweep = this::sweep;
    if (database.isResolvable()) {
      var _ =
          vertx.setPeriodic(
              EVERY.toMillis(),
              id -> {
                var ignored =
                    vertx
                        .executeBlocking(sweep)
                        .onFailure(e -> LOG.warnf("expired rows stay: %s", e.getMessage()));
              });
    }
  }

  /// Deletes them now.
  ///
  /// @return how many there were
  public int sweep() throws SQLException {
    int deleted = 0;
    try (Connection connection = database.get().getConnection()) {
      for (String table : TABLES) {
        String sql = "delete from " + table + " where until < ?";
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
          delete.setTimestamp(1, Timestamp.from(clock.instant()));
          deleted += delete.executeUpdate();
        }
      }
    }
    return deleted;
  }
}
