package dev.indelible.ledger.hsm;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.ledger.LedgerConfig;
import dev.indelible.ledger.testing.Entries;
import dev.indelible.ledger.testing.LedgerFiles;
import dev.indelible.ledger.testing.Oracle;
import dev.indelible.ledger.testing.TestTokens;
import dev.indelible.local.testing.RealPostgres;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.policy.TrustPolicy;
import dev.indelible.transparency.receipt.ReceiptVerifier;
import dev.indelible.transparency.receipt.TlogProof;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/// A ledger whose Ed25519 keys are in a token.
@Tag("asvs-5.0/13.3.3")
@QuarkusTest
@WithTestResource(
    value = RealPostgres.class,
    initArgs = @ResourceArg(name = "database", value = "ledger"))
@WithTestResource(
    value = LedgerFiles.class,
    initArgs = {
      @ResourceArg(name = "hsm", value = "SoftHSM"),
      @ResourceArg(name = "generations", value = "2")
    })
@WithTestResource(TestTokens.class)
@EnabledIf(
    value = "dev.indelible.ledger.hsm.SoftHsm#isUsable",
    disabledReason = "softhsm2 or opensc is not installed")
class HsmLedgerTest {
  @Inject LedgerConfig config;

  private SoftHsm token;
  private TrustPolicy policy;

  @BeforeEach
  void read() throws Exception {
    token = LedgerFiles.token(config.keys());
    policy = TrustPolicy.parse(Files.readString(config.policy()));
  }

  @AfterEach
  void nothingDiffers() {
    Oracle.requireNoDifference();
  }

  private void requireSigned(Entry entry) throws Exception {
    Response answer = Entries.append("claims", entry);
    assertTrue(answer.statusCode() < 300, answer::asString);
    TlogProof proof = TlogProof.parse(answer.jsonPath().getString("proof"));
    new ReceiptVerifier(policy).verify(entry.leafHash(), proof);
  }

  @Test
  void checkpointsHoldUnderThePolicyAlsoAfterTheSessionWasLost() throws Exception {
    requireSigned(Entries.random());
    token.restart();
    requireSigned(Entries.random());
  }

  @Test
  void withoutTheTokenNothingIsAcknowledgedAndNothingIsLost() throws Exception {
    requireSigned(Entries.random());
    Entry entry = Entries.random();
    token.unplug();
    try {
      assertEquals(503, Entries.append("claims", entry).statusCode());
    } finally {
      token.plugIn();
    }
    for (int i = 0; Entries.append("claims", entry).statusCode() >= 300; i++) {
      assertTrue(i < 20, "the log is not written again");
      Thread.sleep(100);
    }
    requireSigned(entry);
  }

  @Test
  void aKeyInTheTokenAnnouncesTheNextOne() throws Exception {
    for (String change : new String[] {"announce 2", "retire 1"}) {
      String[] words = change.split(" ");
      given()
          .auth()
          .oauth2(TestTokens.of("operator"))
          .contentType("application/json")
          .body(Map.of("generation", Integer.valueOf(words[1])))
          .post("/v1/logs/trials/keys/" + words[0])
          .then()
          .statusCode(201);
    }
    Entries.append("trials", Entries.random()).then().statusCode(201);
    String checkpoint = get("/logs/trials/checkpoint").asString();
    assertEquals(3, checkpoint.split("\n— ", -1).length, checkpoint);
  }
}
