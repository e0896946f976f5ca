package dev.indelible.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.faults.history.Checker;
import dev.indelible.faults.history.Crowd;
import dev.indelible.faults.history.Pause;
import dev.indelible.local.Node;
import dev.indelible.local.PostgresStandby;
import dev.indelible.local.Stack;
import dev.indelible.local.testing.Api;
import dev.indelible.local.testing.Database;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;

/// PostgreSQL with a synchronous standby, of which now one and now the other is lost while clients
/// are at work. What was acknowledged is on both, and nothing is signed that is on one alone.
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class StandbyTest {
  private static final String URL = "QUARKUS_DATASOURCE_JDBC_URL";
  private static final Duration READY = Duration.ofMinutes(2);

  private Stack stack;
  private Ledgers ledgers;
  private PostgresStandby standby;
  private Database primary;

  @BeforeAll
  void start() {
    stack = Ledgers.start();
    ledgers = Ledgers.of(stack);
    primary = Database.of(stack, "ledger");
    standby = stack.standby();
    standby.start();
    waitForStandby("'" + PostgresStandby.NAME + "'");
    awaitSynchronous();
    ledgers.kill();
    ledgers.start(Map.of(URL, either()));
  }

  @AfterAll
  void stop() {
    standby.node().stop();
    stack.close();
  }

  /// PostgreSQL answers a cancelled wait for the standby with success and a warning (synchronous
  /// replication, chapter 26.2.8): the rows are there, and would be lost with the primary.
  @Test
  @Order(1)
  void withoutTheStandbyNothingIsSignedOrAcknowledged() throws Exception {
    ledgers.underLoad(
        "standby gone",
        crowd -> {
          standby.node().stop();
          requireStandstill();
          long fault = System.nanoTime();
          standby.restart();
          ledgers.requireRecovery("standby back", fault);
        });
  }

  @Test
  @Order(2)
  void goesOnAsSoonAsThePrimaryMayDoWithoutStandby() throws Exception {
    ledgers.underLoad(
        "standby given up",
        crowd -> {
          standby.node().stop();
          requireStandstill();
          long fault = System.nanoTime();
          waitForStandby("''");
          ledgers.requireRecovery("standby given up", fault);
          standby.restart();
          waitForStandby("'" + PostgresStandby.NAME + "'");
          awaitSynchronous();
        });
  }

  @Test
  @Order(3)
  void theStandbyHasEverythingThatWasAcknowledged() throws Exception {
    ledgers.underLoad(
        "primary lost",
        crowd -> {
          long fault = System.nanoTime();
          stack.postgres().node().kill();
          standby.promote();
          ledgers.requireRecovery("primary lost", fault);
        });
  }

  /// One ledger process believes the old primary, the other the new one.
  @Test
  @Order(4)
  void theOldPrimaryComesBackAndNothingIsSignedThere() throws Exception {
    try (Crowd crowd = new Crowd(stack, ledgers.history(), System.nanoTime())) {
      ledgers.history().awaitMore(50);
      Node stale = stack.ledgers().getFirst().node();
      stale.kill();
      stack.postgres().start();
      String signed = heads();
      long epoch = primary.number("select epoch from log_head where log = 'claims'");
      stale.start(Map.of(URL, url(stack.postgres().databases().port())));
      stale.awaitReady(READY);
      Api.await("a commit that waits", () -> cancelWaits() > 0);
      for (int i = 0; i < 10; i++) {
        var ignored = cancelWaits();
        Pause.of(Duration.ofMillis(300));
      }
      assertEquals(signed, heads(), "signed on the old primary");
      assertTrue(
          primary.number("select epoch from log_head where log = 'claims'") > epoch, "tried");
      ledgers.history().awaitMore(50);
      stale.kill();
      stack.postgres().node().stop();
      stale.start(Map.of(URL, either()));
      stale.awaitReady(READY);
    }
    System.out.println("old primary back: " + Checker.requireSound(stack, ledgers.history()));
  }

  /// Entries that reached the standby before it went may be signed, and the row of their block is
  /// then the one that waits: it comes to light with the first cancel, and nothing after it.
  private void requireStandstill() {
    Pause.of(Duration.ofSeconds(2));
    int waited = cancelWaits();
    Pause.of(Duration.ofSeconds(1));
    long acknowledged = ledgers.history().acknowledged();
    String signed = heads();
    int cancelled = waited;
    for (int i = 0; i < 15; i++) {
      cancelled += cancelWaits();
      Pause.of(Duration.ofMillis(200));
    }
    assertTrue(cancelled > 0, "no commit waited for the standby");
    assertEquals(acknowledged, ledgers.history().acknowledged(), "acknowledged without a standby");
    assertEquals(signed, heads(), "signed without a standby");
  }

  /// What an impatient operator does.
  private int cancelWaits() {
    return primary
        .texts(
            """
            select pg_cancel_backend(pid) from pg_stat_activity
            where wait_event = 'SyncRep' and datname = 'ledger'\
            """)
        .size();
  }

  private String heads() {
    return primary
        .texts(
            "select string_agg(log || ' ' || number || ' ' || end_, ',') from (select log,"
                + " max(number) number, max(end_) end_ from block group by log order by log) t")
        .getFirst();
  }

  private void waitForStandby(String names) {
    Database server = Database.of(stack, "postgres");
    var ignored = server.execute("alter system set synchronous_standby_names = " + names);
    var reloaded = server.texts("select pg_reload_conf()");
  }

  private void awaitSynchronous() {
    Api.await(
        "a synchronous standby",
        () ->
            Database.of(stack, "postgres")
                .texts("select sync_state from pg_stat_replication")
                .contains("sync"));
  }

  private String either() {
    int first = stack.postgres().databases().port();
    int second = standby.databases().port();
    return "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/ledger?targetServerType=primary&connectTimeout=2"
        .formatted(first, second);
  }

  private static String url(int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/ledger";
  }
}
