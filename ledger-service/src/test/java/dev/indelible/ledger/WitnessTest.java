package dev.indelible.ledger;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import jakarta.inject.Inject;
import java.nio.file.Files;
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

  @Test
  @Order(3)
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
