package dev.indelible.kit.identity;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.security.spi.runtime.BlockingSecurityExecutor;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/// The proofs that were taken lately, in the service's database, so that one taken by a process is
/// refused by all, and after a restart. A row is 50 bytes and lives for two minutes.
@ApplicationScoped
class SeenProofs {
  private static final Logger LOG = Logger.getLogger(SeenProofs.class);
  private static final Duration SWEEP = Duration.ofSeconds(30);

  /// How long a proof is kept after its end: by so much may the clocks of processes differ.
  private static final Duration APART = DpopProof.LIFE;

  private final Instance<DataSource> database;
  private final BlockingSecurityExecutor threads;
  private final Clock clock;

  SeenProofs(Instance<DataSource> database, BlockingSecurityExecutor threads, Clock clock) {
    this.database = database;
    this.threads = threads;
    this.clock = clock;
  }

  void begin(@Observes StartupEvent event, Vertx vertx) {
    Callable<Integer> sweep = this::sweep;
    if (database.isResolvable()) {
      var _ =
          vertx.setPeriodic(
              SWEEP.toMillis(),
              id -> {
                var ignored =
                    vertx
                        .executeBlocking(sweep)
                        .onFailure(e -> LOG.warnf("old proofs stay: %s", e.getMessage()));
              });
    }
  }

  /// Whether nobody has shown the proof before. Asked once, since the answer to the second is no.
  Uni<Boolean> isFirst(DpopProof proof) {
    return threads.executeBlocking(() -> insert(proof));
  }

  private boolean insert(DpopProof proof) {
    String sql = "insert into dpop_proof (id, until) values (?, ?) on conflict do nothing";
    try (Connection connection = database.get().getConnection();
        PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setBytes(1, proof.id().bytes());
      insert.setTimestamp(2, Timestamp.from(proof.until().plus(APART)));
      return insert.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new IllegalStateException("no database, so no proof is known to be new", e);
    }
  }

  private int sweep() throws SQLException {
    String sql = "delete from dpop_proof where until < ?";
    try (Connection connection = database.get().getConnection();
        PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setTimestamp(1, Timestamp.from(clock.instant()));
      return delete.executeUpdate();
    }
  }
}
