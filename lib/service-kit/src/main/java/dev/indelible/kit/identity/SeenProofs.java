package dev.indelible.kit.identity;

import static java.util.Comparator.comparing;

import dev.indelible.transparency.Hash;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/// The proofs that were taken lately, in the service's database, so that one taken by a process is
/// refused by all, and after a restart. A row is 50 bytes and lives for two minutes.
///
/// What comes together shares a transaction and its commit. Proofs wait for company as long as the
/// last ones had it, and one that comes alone waits for nobody.
@ApplicationScoped
class SeenProofs {
  private static final Logger LOG = Logger.getLogger(SeenProofs.class);
  private static final int MOST_AT_ONCE = 1_000;

  /// For each proof but one of the last transaction. With 850 bound submissions a second from 32
  /// callers, ten to twelve proofs share a transaction by it, where it was one or two.
  private static final Duration WAIT_EACH = Duration.ofMillis(2);

  /// A small part of the 40 ms that a request takes then.
  private static final Duration LONGEST_WAIT = Duration.ofMillis(5);

  /// How long a proof is kept after its end: by so much may the clocks of processes differ.
  private static final Duration APART = DpopProof.LIFE;

  /// A transaction by itself, and one that does not wait until it is on disk, where it comes before
  /// anything that its requests commit, which do wait (PostgreSQL, "Asynchronous Commit": what is
  /// lost in a crash is an end of the log). So what a proof has changed is not there without the
  /// proof; a read that left no trace could be had again with it, within its minute.
  private static final String INSERT =
      """
      with at_once as materialized (select set_config('synchronous_commit', 'off', true))
      insert into dpop_proof (id, until) select shown.* from unnest(?, ?) shown, at_once
      on conflict do nothing returning id""";

  private final Instance<DataSource> database;
  private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
  private final Thread thread = Thread.ofVirtual().name("seen-proofs").unstarted(this::run);

  /// A request that waits for the answer.
  ///
  /// @param context in which it goes on: never in that of another request
  private record Asked(DpopProof proof, Context context, UniEmitter<? super Boolean> answer) {
    void answer(boolean first) {
      goOn(() -> answer.complete(first));
    }

    void fail(Exception e) {
      goOn(() -> answer.fail(e));
    }

    /// A request whose connection is gone must not take the others with it.
    private void goOn(Runnable with) {
      try {
        context.runOnContext(ignored -> with.run());
      } catch (RuntimeException e) {
        LOG.debug("nobody waits for the answer any more", e);
      }
    }
  }

  SeenProofs(Instance<DataSource> database) {
    this.database = database;
  }

  void begin(@Observes StartupEvent event) {
    if (database.isResolvable()) {
      thread.start();
    }
  }

  void end(@Observes ShutdownEvent event) {
    thread.interrupt();
  }

  /// Whether nobody has shown the proof before. Asked once, since the answer to the second is no.
  Uni<Boolean> isFirst(DpopProof proof) {
    Context context = Vertx.currentContext();
    return Uni.createFrom().emitter(answer -> asked.add(new Asked(proof, context, answer)));
  }

  private void run() {
    List<Asked> together = new ArrayList<>();
    Duration wait = Duration.ZERO;
    try {
      while (true) {
        together.add(asked.take());
        Thread.sleep(wait);
        var ignored = asked.drainTo(together, MOST_AT_ONCE - 1);
        answer(together);
        wait = waitAfter(together.size());
        together.clear();
      }
    } catch (InterruptedException e) {
      LOG.debug("no more proofs");
    }
  }

  private static Duration waitAfter(int proofs) {
    Duration wait = WAIT_EACH.multipliedBy(proofs - 1L);
    return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
  }

  private void answer(List<Asked> together) {
    Set<Hash> first;
    try {
      first = insert(together);
    } catch (SQLException | RuntimeException e) {
      var failure = new IllegalStateException("no database, so no proof is known to be new", e);
      together.forEach(each -> each.fail(failure));
      return;
    }
    // The same proof twice: the second finds its id taken.
    together.forEach(each -> each.answer(first.remove(each.proof().id())));
  }

  /// Those that were not there. In the order of their ids, as in every process: two that insert the
  /// same ones would otherwise wait for each other.
  private Set<Hash> insert(List<Asked> together) throws SQLException {
    SortedMap<Hash, Instant> rows = new TreeMap<>(comparing(Hash::bytes, Arrays::compare));
    together.forEach(each -> rows.put(each.proof().id(), each.proof().until().plus(APART)));
    try (Connection connection = database.get().getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      byte[][] ids = rows.keySet().stream().map(Hash::bytes).toArray(byte[][]::new);
      insert.setArray(1, connection.createArrayOf("bytea", ids));
      insert.setArray(2, connection.createArrayOf("timestamptz", rows.values().toArray()));
      Set<Hash> inserted = new HashSet<>();
      try (ResultSet fresh = insert.executeQuery()) {
        while (fresh.next()) {
          inserted.add(Hash.of(fresh.getBytes(1)));
        }
      }
      return inserted;
    }
  }
}
