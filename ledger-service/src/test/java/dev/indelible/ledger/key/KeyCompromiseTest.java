package dev.indelible.ledger.key;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.ledger.LedgerConfig;
import dev.indelible.ledger.key.StolenKey.Tree;
import dev.indelible.ledger.testing.Entries;
import dev.indelible.ledger.testing.LedgerFiles;
import dev.indelible.ledger.testing.Oracle;
import dev.indelible.ledger.testing.RealWitnesses;
import dev.indelible.ledger.testing.Sql;
import dev.indelible.ledger.testing.TestTokens;
import dev.indelible.local.testing.RealPostgres;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.VerificationException;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.note.NoteSignature;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.policy.TrustPolicy;
import dev.indelible.transparency.receipt.ReceiptVerifier;
import dev.indelible.transparency.receipt.TlogProof;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// The drill of docs/operations.md, section "When a key is stolen": both keys of a log are copied,
/// and three witnesses run as other organisations run them.
@Tag("part11/11.300")
@QuarkusTest
@WithTestResource(
    value = RealPostgres.class,
    initArgs = @ResourceArg(name = "database", value = "ledger"))
@WithTestResource(
    value = LedgerFiles.class,
    initArgs = {
      @ResourceArg(name = "witnesses", value = "real"),
      @ResourceArg(name = "generations", value = "2")
    })
@WithTestResource(TestTokens.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeyCompromiseTest {
  private static final Hash LIE = Hash.sha256("a lie".getBytes(StandardCharsets.UTF_8));

  /// Received before the theft.
  private static Hash leaf = LIE;

  private static TlogProof receipt;

  @Inject LedgerConfig config;

  private TrustPolicy policy() throws Exception {
    return TrustPolicy.parse(Files.readString(config.policy()));
  }

  private StolenKey thief(String log) throws Exception {
    return new StolenKey(log, LedgerFiles.ORIGIN + "/" + log, config.keys());
  }

  @Test
  @Order(1)
  void aReceiptFromBeforeTheTheft() throws Exception {
    for (int i = 0; i < 5; i++) {
      Entry entry = Entries.random();
      receipt = witnessed("claims", entry);
      leaf = entry.leafHash();
    }
    assertTrue(new ReceiptVerifier(policy()).verify(leaf, receipt).witnessed());
  }

  @Test
  @Order(2)
  void noWitnessCosignsAnotherHistory() throws Exception {
    StolenKey thief = thief("claims");
    Tree truth = thief.published();
    int size = truth.leaves().size();
    Tree changed = truth.with(3, LIE);
    assertEquals(
        List.of(422, 422, 422), RealWitnesses.addCheckpoint(thief.addCheckpoint(size, changed)));
    Tree longer = changed.plus(LIE).plus(LIE);
    assertEquals(
        List.of(422, 422, 422), RealWitnesses.addCheckpoint(thief.addCheckpoint(size, longer)));
    assertEquals(
        List.of(409, 409, 409), RealWitnesses.addCheckpoint(thief.addCheckpoint(0, longer)));
  }

  @Test
  @Order(3)
  void noVerifierCallsAForgedReceiptWitnessed() throws Exception {
    StolenKey thief = thief("claims");
    Tree changed = thief.published().with(3, LIE);
    TlogProof forged = thief.receipt(changed, 3);
    ReceiptVerifier verifier = new ReceiptVerifier(policy());
    assertFalse(verifier.verify(LIE, forged).witnessed());
    List<NoteSignature> cosignatures =
        receipt.checkpoint().signatures().stream()
            .filter(line -> !line.name().startsWith(LedgerFiles.ORIGIN))
            .toList();
    assertEquals(2, cosignatures.size());
    SignedNote dressed = forged.checkpoint().with(cosignatures);
    var refusal =
        assertThrows(
            VerificationException.class,
            () -> verifier.verify(LIE, new TlogProof(forged.proof(), dressed)));
    assertEquals(VerificationException.Reason.BAD_SIGNATURE, refusal.reason());
  }

  /// The next generation signs at once; when the witnesses have dropped the stolen one, it is
  /// retired.
  @Test
  @Order(4)
  void theKeysAreChanged() throws Exception {
    change("announce", 2);
    RealWitnesses.restart(withoutTheStolenKeys());
    witnessed("claims", Entries.random());
    change("retire", 1);
    witnessed("claims", Entries.random());
    Oracle.requireNoDifference();
  }

  /// A witness checks consistency, not content: without the change it would have cosigned this.
  @Test
  @Order(5)
  void theThiefCannotEvenContinueTheTrueHistory() throws Exception {
    StolenKey thief = thief("claims");
    Tree truth = thief.published();
    String more = thief.addCheckpoint(truth.leaves().size(), truth.plus(LIE));
    assertEquals(List.of(403, 403, 403), RealWitnesses.addCheckpoint(more));
    witnessed("claims", Entries.random());
    Oracle.requireNoDifference();
  }

  @Test
  @Order(6)
  void oldReceiptsStillVerify() throws Exception {
    assertTrue(new ReceiptVerifier(policy()).verify(leaf, receipt).witnessed());
  }

  /// Who does not change the keys in time loses the log to the thief, and learns of it at once.
  @Test
  @Order(7)
  void aHistoryThatTheThiefContinuedStopsTheLog() throws Exception {
    witnessed("trials", Entries.random());
    StolenKey thief = thief("trials");
    Tree truth = thief.published();
    String more = thief.addCheckpoint(truth.leaves().size(), truth.plus(LIE));
    assertEquals(List.of(200, 200, 200), RealWitnesses.addCheckpoint(more));
    Entries.append("trials", Entries.random());
    Sql sql = new Sql();
    for (int i = 0;
        sql.list("SELECT frozen FROM log_head WHERE log = 'trials'").getFirst() == null;
        i++) {
      assertTrue(i < 100, "nobody noticed");
      Thread.sleep(50);
    }
    Entries.append("trials", Entries.random()).then().statusCode(503);
    assertEquals("CONTRADICTED", Oracle.audit().getString("verdict"));
  }

  private static void change(String what, int generation) {
    given()
        .auth()
        .oauth2(TestTokens.of("operator"))
        .contentType("application/json")
        .body(Map.of("generation", generation))
        .post("/v1/logs/claims/keys/" + what)
        .then()
        .statusCode(201);
  }

  /// What the witnesses are told: the logs' lines of our policy less these keys.
  private String withoutTheStolenKeys() throws Exception {
    List<String> dropped = thief("claims").keys().stream().map(key -> "log " + key.vkey()).toList();
    return Files.readAllLines(config.policy()).stream()
            .filter(line -> line.startsWith("log ") && !dropped.contains(line))
            .collect(Collectors.joining("\n"))
        + "\nquorum none\n";
  }

  private static TlogProof witnessed(String log, Entry entry) throws InterruptedException {
    JsonPath answer = Entries.append(log, entry).then().statusCode(201).extract().jsonPath();
    String path = "/v1/logs/" + log + "/entries/" + answer.getLong("index") + "/receipt";
    for (int i = 0; i < 200; i++) {
      JsonPath now = get(path).jsonPath();
      if (now.getString("level").equals("witnessed")) {
        return TlogProof.parse(now.getString("proof"));
      }
      Thread.sleep(50);
    }
    throw new AssertionError("not witnessed");
  }
}
