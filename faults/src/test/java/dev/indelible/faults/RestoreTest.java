package dev.indelible.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.faults.history.Crowd;
import dev.indelible.faults.history.Pause;
import dev.indelible.local.Node;
import dev.indelible.local.Service;
import dev.indelible.local.Stack;
import dev.indelible.local.testing.Api;
import dev.indelible.local.testing.Database;
import io.restassured.RestAssured;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// Somebody restores a backup of the ledger's database that is older than what was signed.
@Tag("part11/11.10.c")
@TestInstance(Lifecycle.PER_CLASS)
class RestoreTest {
  private Stack stack;
  private Ledgers ledgers;
  private Database server;

  @BeforeAll
  void start() {
    stack = Ledgers.start();
    ledgers = Ledgers.of(stack);
    server = Database.of(stack, "postgres");
  }

  @AfterAll
  void stop() {
    stack.close();
  }

  @Test
  void anOlderCopyIsNotWritten() throws Exception {
    try (Crowd crowd = new Crowd(stack, ledgers.history(), 1)) {
      ledgers.history().awaitMore(100);
    }
    ledgers.kill();
    execute("create database yesterday template ledger owner ledger");
    ledgers.start(Map.of());
    try (Crowd crowd = new Crowd(stack, ledgers.history(), 2)) {
      ledgers.history().awaitMore(200);
    }
    awaitWitnessed();
    stack.witnesses().forEach(Node::kill);
    swap("ledger", "today", "yesterday");
    requireSilence();
    stack.witnesses().forEach(Ledgers::start);
    requireRefusal();
    swap("ledger", "yesterday", "today");
    ledgers.underLoad("today's database again", crowd -> {});
  }

  /// Nobody is there who remembers, and yet nothing is written: not by the first process that
  /// tries, nor by the other, nor when they try again.
  private void requireSilence() throws Exception {
    Database ledger = Database.of(stack, "ledger");
    String written =
        "select size || ' ' || (select count(*) from block) from log_head order by log";
    List<String> before = ledger.texts(written);
    long acknowledged = ledgers.history().acknowledged();
    String epoch = "select epoch from log_head where log = 'claims'";
    long tries = ledger.number(epoch);
    try (Crowd crowd = new Crowd(stack, ledgers.history(), 4)) {
      Api.await("tries", () -> ledger.number(epoch) > tries + 4);
      Api.await(
          "who says what it waits for",
          () -> stack.ledgers().stream().anyMatch(RestoreTest::waitsForWitnesses));
    }
    assertEquals(acknowledged, ledgers.history().acknowledged(), "acknowledged without witnesses");
    assertEquals(before, ledger.texts(written), "written without witnesses");
    assertEquals(List.of(), ledger.texts(frozen()), "silence is no reason to freeze");
  }

  private static boolean waitsForWitnesses(Service ledger) {
    return RestAssured.get(ledger.managementUrl() + "/q/health/well")
        .asString()
        .contains("waits for witnesses");
  }

  /// Under the load of clients that want nothing more than to be answered.
  private void requireRefusal() throws Exception {
    Database ledger = Database.of(stack, "ledger");
    String sizes = "select size::text from log_head where log = 'claims'";
    List<String> before = ledger.texts(sizes);
    long acknowledged = ledgers.history().acknowledged();
    try (Crowd crowd = new Crowd(stack, ledgers.history(), 3)) {
      Api.await("the alarm", () -> !ledger.texts(frozen()).isEmpty());
      Pause.of(Duration.ofSeconds(3));
    }
    assertEquals(acknowledged, ledgers.history().acknowledged(), "acknowledged");
    assertEquals(before, ledger.texts(sizes), "written");
    assertTrue(ledger.texts(frozen()).getFirst().contains("has seen"), "says what the alarm is");
  }

  private static String frozen() {
    return "select frozen from log_head where log = 'claims' and frozen is not null";
  }

  private void awaitWitnessed() {
    Database ledger = Database.of(stack, "ledger");
    Api.await(
        "the newest block is witnessed",
        () ->
            ledger.number(
                    "select count(*) from log_head h join block b on b.log = h.log and end_ = size"
                        + " where h.log = 'claims' and witnessed_note is not null")
                == 1);
  }

  private void swap(String current, String away, String restored) {
    ledgers.kill();
    execute("alter database " + current + " rename to " + away);
    execute("alter database " + restored + " rename to " + current);
    ledgers.start(Map.of("INDELIBLE_LEDGER_ANSWER_WITHIN", "3s"));
  }

  private void execute(String sql) {
    // A killed process's connections take a moment to end.
    Api.await(
        sql,
        () -> {
          try {
            return server.execute(sql) >= 0;
          } catch (IllegalStateException inUse) {
            return false;
          }
        });
  }
}
