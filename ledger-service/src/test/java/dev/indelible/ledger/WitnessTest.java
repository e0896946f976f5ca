package dev.indelible.ledger;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.ledger.head.Head;
import dev.indelible.ledger.log.LogStore;
import dev.indelible.ledger.log.Submission;
import dev.indelible.ledger.testing.Entries;
import dev.indelible.ledger.testing.LedgerFiles;
import dev.indelible.ledger.testing.Oracle;
import dev.indelible.ledger.testing.Sql;
import dev.indelible.ledger.testing.TestTokens;
import dev.indelible.ledger.testing.TestWitness;
import dev.indelible.local.testing.RealPostgres;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.policy.TrustPolicy;
import dev.indelible.transparency.receipt.ReceiptVerifier;
import dev.indelible.transparency.receipt.TlogProof;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

@QuarkusTest
@WithTestResource(
    value = RealPostgres.class,
    initArgs = @ResourceArg(name = "database", value = "ledger"))
@WithTestResource(
    value = LedgerFiles.class,
    initArgs = @ResourceArg(name = "witnesses", value = "3"))
@WithTestResource(TestTokens.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WitnessTest {
  @Inject LedgerConfig config;
  @Inject LogStore store;

  @Test
  @Order(1)
  void receiptsAreWitnessedOnceAQuorumHasCosignedAndStaySo() throws Exception {
    Entry entry = Entries.random();
    long index = Entries.append("claims", entry).jsonPath().getLong("index");
    JsonPath receipt = awaitLevel(index, "witnessed");
    TlogProof proof = TlogProof.parse(receipt.getString("proof"));
    TrustPolicy policy = TrustPolicy.parse(Files.readString(config.policy()));
    assertTrue(new ReceiptVerifier(policy).verify(entry.leafHash(), proof).witnessed());
    for (int i = 0; i < 5; i++) {
      Entries.append("claims", Entries.random());
    }
    assertEquals(receipt.prettify(), get(receipt(index)).jsonPath().prettify());
    Oracle.requireNoDifference();
  }

  @Test
  @Order(2)
  void withoutWitnessesReceiptsStayIncludedAndIntakeGoesOn() throws Exception {
    TestWitness.fault("down");
    long index = Entries.append("claims", Entries.random()).jsonPath().getLong("index");
    Thread.sleep(500);
    get(receipt(index)).then().body("level", equalTo("included"));
    TestWitness.fault("");
    awaitLevel(index, "witnessed");
    Oracle.requireNoDifference();
  }

  /// Whoever asks the witnesses at the start and hears nothing may have an old copy of the log
  /// before it. Only a writer that has asked before, and after which nobody else wrote, knows
  /// better.
  @Test
  @Order(3)
  void withoutWitnessesNobodySignsWhoDoesNotKnowAllThatWasSigned() throws Exception {
    TestWitness.fault("down");
    Sql sql = new Sql();
    loseOffice(sql, 0);
    Entries.append("claims", Entries.random()).then().statusCode(201);
    // Somebody who came into office and did not write either.
    loseOffice(sql, 1);
    Entries.append("claims", Entries.random()).then().statusCode(201);

    letAnotherWrite(sql);
    await(() -> wellness(503).contains("waits for witnesses: no word from w0 (status 503), w1"));
    long blocks = sql.number("SELECT count(*) FROM block WHERE log = 'claims'");
    long size = sql.number("SELECT size FROM log_head WHERE log = 'claims'");
    try (var one = Executors.newSingleThreadExecutor()) {
      var waiting = one.submit(() -> Entries.append("claims", Entries.random()).statusCode());
      long epoch = sql.number("SELECT epoch FROM log_head WHERE log = 'claims'");
      await(() -> sql.number("SELECT epoch FROM log_head WHERE log = 'claims'") > epoch + 1);
      assertEquals(blocks, sql.number("SELECT count(*) FROM block WHERE log = 'claims'"));
      assertEquals(size, sql.number("SELECT size FROM log_head WHERE log = 'claims'"));
      assertFalse(waiting.isDone(), "it waits with its submitter");
      given().port(managementPort()).get("/q/health/ready").then().statusCode(200);

      TestWitness.fault("");
      assertEquals(201, waiting.get());
    }
    assertTrue(wellness(200).contains("open"));
    Oracle.requireNoDifference();
  }

  /// Ends the office, and lets others have been in it so many times before it is taken anew.
  private static void loseOffice(Sql sql, int others) throws Exception {
    long epoch = sql.number("SELECT epoch FROM log_head WHERE log = 'claims'");
    sql.update(
        "UPDATE lease SET holder = 'somebody', until = '-infinity', epoch = epoch + ?"
            + " WHERE log = 'claims'",
        others);
    await(() -> sql.number("SELECT epoch FROM log_head WHERE log = 'claims'") > epoch);
  }

  private void letAnotherWrite(Sql sql) throws Exception {
    LogStore.Holder other = new LogStore.Holder("another process", "http://localhost:1");
    AtomicReference<Head> head = new AtomicReference<>();
    await(
        () -> {
          sql.update("UPDATE lease SET until = '-infinity' WHERE log = 'claims'");
          head.set(store.takeOffice("claims", other, Duration.ofMinutes(1)).orElse(null));
          return head.get() != null;
        });
    List<Submission> batch = List.of(Submission.of(Entries.random(), List.of()));
    store.append("claims", head.get().epoch(), head.get().range(), batch);
    store.leaveOffice("claims", other);
  }

  private static String wellness(int status) {
    Response response = given().port(managementPort()).get("/q/health/well");
    return response.statusCode() == status ? response.asString() : "";
  }

  private static void await(Callable<Boolean> fact) throws Exception {
    for (int i = 0; !fact.call(); i++) {
      assertTrue(i < 200, "it does not come about");
      Thread.sleep(50);
    }
  }

  @Test
  @Order(4)
  void aWitnessThatHasSeenAnotherTreeFreezesTheLog() throws Exception {
    TestWitness.fault("fork");
    Entries.append("trials", Entries.random()).then().statusCode(201);
    Sql sql = new Sql();
    for (int i = 0;
        sql.list("SELECT frozen FROM log_head WHERE log = 'trials'").getFirst() == null;
        i++) {
      assertTrue(i < 100, "the log is not frozen");
      Thread.sleep(50);
    }
    Entries.append("trials", Entries.random())
        .then()
        .statusCode(503)
        .header("Retry-After", "1")
        .body("code", equalTo("log-frozen"));
    given()
        .port(managementPort())
        .get("/q/health/well")
        .then()
        .statusCode(503)
        .body(containsString("trials"));
    given().port(managementPort()).get("/q/health/ready").then().statusCode(200);
    given()
        .port(managementPort())
        .get("/q/metrics")
        .then()
        .body(containsString("ledger_selfcheck_failures_total"))
        .body(containsString("ledger_sequencer_leader{log=\"trials\"} 0.0"));
    assertEquals("CONTRADICTED", Oracle.audit().getString("verdict"));
    TestWitness.fault("");
    sql.update("UPDATE log_head SET frozen = NULL");
    for (int i = 0; Entries.append("trials", Entries.random()).statusCode() != 201; i++) {
      assertTrue(i < 20, "the log does not thaw");
      Thread.sleep(100);
    }
    Oracle.requireNoDifference();
  }

  private static int managementPort() {
    return org.eclipse.microprofile.config.ConfigProvider.getConfig()
        .getValue("quarkus.management.port", Integer.class);
  }

  private static String receipt(long index) {
    return "/v1/logs/claims/entries/" + index + "/receipt";
  }

  private static JsonPath awaitLevel(long index, String level) throws InterruptedException {
    for (int i = 0; i < 200; i++) {
      JsonPath receipt = get(receipt(index)).jsonPath();
      if (level.equals(receipt.getString("level"))) {
        return receipt;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("entry " + index + " does not reach " + level);
  }
}
