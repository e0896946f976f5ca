package dev.indelible.ledger.key;

import static dev.indelible.ledger.key.ClaimsKeys.assertNamed;
import static dev.indelible.ledger.key.ClaimsKeys.change;
import static dev.indelible.ledger.key.ClaimsKeys.changeBy;
import static dev.indelible.ledger.key.ClaimsKeys.changeOffice;
import static dev.indelible.ledger.key.ClaimsKeys.keys;
import static dev.indelible.ledger.key.ClaimsKeys.refused;
import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.ledger.Generation;
import dev.indelible.ledger.KeyMissingException;
import dev.indelible.ledger.LedgerConfig;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.audit.LedgerAudit;
import dev.indelible.ledger.testing.Entries;
import dev.indelible.ledger.testing.LedgerFiles;
import dev.indelible.ledger.testing.Oracle;
import dev.indelible.ledger.testing.Sql;
import dev.indelible.ledger.testing.TestTokens;
import dev.indelible.local.testing.RealPostgres;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.VerificationException;
import dev.indelible.transparency.cose.CoseKeySet;
import dev.indelible.transparency.cose.CoseReceipt;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.note.NoteSignature;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.note.VerifierKey;
import dev.indelible.transparency.policy.TrustPolicy;
import dev.indelible.transparency.receipt.ReceiptVerifier;
import dev.indelible.transparency.receipt.TlogProof;
import dev.indelible.transparency.statement.Disclosure;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// The life of three generations of keys, in order.
@Tag("asvs-5.0/11.2.2")
@QuarkusTest
@WithTestResource(
    value = RealPostgres.class,
    initArgs = @ResourceArg(name = "database", value = "ledger"))
@WithTestResource(
    value = LedgerFiles.class,
    initArgs = {
      @ResourceArg(name = "witnesses", value = "3"),
      @ResourceArg(name = "generations", value = "3")
    })
@WithTestResource(TestTokens.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeyRotationTest {
  private static final List<Kept> KEPT = new ArrayList<>();

  @Inject LedgerConfig config;
  @Inject Logs logs;
  @Inject Transactions transactions;
  @Inject KeyStart start;
  @Inject LedgerAudit audit;

  /// A receipt from an earlier time.
  private record Kept(Hash leaf, TlogProof proof) {}

  @AfterEach
  void nothingDiffersAndNothingOldIsLost() throws Exception {
    Oracle.requireNoDifference();
    for (Kept kept : KEPT) {
      assertTrue(
          new ReceiptVerifier(policy(1, 2, 3)).verify(kept.leaf(), kept.proof()).witnessed());
    }
  }

  @Test
  @Order(1)
  void aKeyThatIsMerelyAtHandSignsNothing() throws Exception {
    assertEquals(List.of(1), signers(append()));
    keys().body("generations.generation", contains(1)).body("generations[0].announced", equalTo(0));
  }

  @Test
  @Order(2)
  void onlyAnOperatorChangesKeysAndOnlyInOrder() {
    given()
        .contentType("application/json")
        .body(Map.of("generation", 2))
        .post("/v1/logs/claims/keys/announce")
        .then()
        .statusCode(401);
    change("announce", "log-writer", Map.of("generation", 2)).then().statusCode(403);
    change("announce", "operator", Map.of()).then().statusCode(400);
    change("announce", "operator", Map.of("generation", 0)).then().statusCode(400);
    refused("announce", 1);
    refused("announce", 3);
    refused("retire", 1);
    refused("retire", 2);
  }

  @Test
  @Order(3)
  void whatIsAnnouncedSignsFromItsOwnBlockOnBesidesTheOld() throws Exception {
    // What is refused spends no sign-in, and what is done does.
    String once = TestTokens.of("operator");
    changeBy(once, "announce", Map.of("generation", 3)).then().statusCode(409);
    Response answer = changeBy(once, "announce", Map.of("generation", 2));
    assertEquals(201, answer.statusCode(), answer::asString);
    changeBy(once, "retire", Map.of("generation", 1))
        .then()
        .statusCode(401)
        .body("code", equalTo("authentication-spent"));
    keys().body("generations[0].retired", nullValue());
    SignedNote own = TlogProof.parse(answer.jsonPath().getString("proof")).checkpoint();
    assertEquals(List.of(1, 1, 2, 2), claims().generations(own));
    long index = answer.jsonPath().getLong("index");
    byte[] said = get("/v1/logs/claims/statements/" + index).asByteArray();
    Disclosure.parse(said).verify();
    keys()
        .body("generations.generation", contains(1, 2))
        .body("generations[1].announced", equalTo((int) index));

    Kept both = append();
    assertEquals(List.of(1, 2), signers(both));
    assertTrue(new ReceiptVerifier(policy(1)).verify(both.leaf(), both.proof()).witnessed());
    assertTrue(new ReceiptVerifier(policy(2)).verify(both.leaf(), both.proof()).witnessed());
    refused("announce", 2);
    refused("announce", 3);
  }

  @Test
  @Order(4)
  void inTheOverlapNeitherGenerationsLinesCanBeTakenAway() throws Exception {
    Sql sql = new Sql();
    long number = sql.number("SELECT max(number) FROM block WHERE log = 'claims'");
    String where = " WHERE log = 'claims' AND number = " + number;
    String note = sql.list("SELECT note FROM block" + where).getFirst().toString();
    SignedNote whole = SignedNote.parse(note);
    for (int from : List.of(0, 2)) {
      List<NoteSignature> half = whole.signatures().subList(from, from + 2);
      sql.update("UPDATE block SET note = ?" + where, new SignedNote(whole.text(), half).print());
      assertNamed(audit.run(), "block", "claims/" + number, "note");
      sql.update("UPDATE block SET note = ?" + where, note);
    }
  }

  @Test
  @Order(5)
  void anotherWriterSignsWithBothToo() throws Exception {
    changeOffice();
    assertEquals(List.of(1, 2), signers(append()));
  }

  /// A process that was not given the new key must not write, and one whose policy does not name
  /// every key of the log does not even start.
  @Test
  @Order(5)
  void aProcessThatLacksAKeyDoesNotSign() throws Exception {
    Log log = logs.get("claims");
    long size = new Sql().number("SELECT size FROM log_head WHERE log = 'claims'");
    List<Generation> old = log.keys().held().subList(0, 1);
    StoredKeys lacking = new StoredKeys("claims", log.origin(), old, transactions);
    assertEquals(old, lacking.signing(0));
    assertThrows(KeyMissingException.class, () -> lacking.signing(size));
    start.check(log);
    Log forgetful =
        new Log(log.name(), log.origin(), log.keys(), log.issuers(), policy(2, 3), log.rules());
    assertThrows(IllegalStateException.class, () -> start.check(forgetful));
  }

  @Test
  @Order(6)
  void whatIsRetiredSignsNothingAnyMore() throws Exception {
    assertEquals(201, change("retire", "operator", Map.of("generation", 1)).statusCode());
    Kept now = append();
    assertEquals(List.of(2), signers(now));
    assertTrue(new ReceiptVerifier(policy(2)).verify(now.leaf(), now.proof()).witnessed());
    ReceiptVerifier old = new ReceiptVerifier(policy(1));
    VerificationException refusal =
        assertThrows(VerificationException.class, () -> old.verify(now.leaf(), now.proof()));
    assertEquals(VerificationException.Reason.UNSIGNED, refusal.reason());
    assertTrue(old.verify(KEPT.getFirst().leaf(), KEPT.getFirst().proof()).witnessed());
    keys().body("generations[1].retired", nullValue());
    refused("retire", 1);
    refused("retire", 2);
    refused("announce", 1);
  }

  /// Whoever makes the log forget that a key was announced or retired is found out, and the rows
  /// that follow from it do not hide the one that was changed.
  @Test
  @Order(7)
  void rowsThatSayWhichKeysAreInForceCannotBeEdited() throws Exception {
    Sql sql = new Sql();
    List<Object> rows =
        sql.list("SELECT idx FROM log_statement WHERE log = 'claims' AND statement LIKE '%key-%'");
    assertEquals(2, rows.size());
    for (Object index : rows) {
      String where = " WHERE log = 'claims' AND idx = " + index;
      sql.update("CREATE TABLE kept AS SELECT * FROM log_statement" + where);
      sql.update("UPDATE log_statement SET statement = replace(statement, '2', '3')" + where);
      assertNamed(audit.run(), "log_statement", "claims/" + index, null);
      sql.update("DELETE FROM log_statement" + where);
      assertNamed(audit.run(), "log_statement", "claims/" + index, null);
      sql.update("INSERT INTO log_statement SELECT * FROM kept");
      sql.update("DROP TABLE kept");
    }
  }

  @Test
  @Order(8)
  void anotherWriterSignsWithTheNewAlone() throws Exception {
    changeOffice();
    assertEquals(List.of(2), signers(append()));
  }

  @Test
  @Order(9)
  void aGenerationThatWasAnnouncedInVainIsRetiredInsteadOfTheOld() throws Exception {
    assertEquals(201, change("announce", "operator", Map.of("generation", 3)).statusCode());
    assertEquals(List.of(2, 3), signers(append()));
    assertEquals(201, change("retire", "operator", Map.of("generation", 3)).statusCode());
    assertEquals(List.of(2), signers(append()));
    refused("announce", 3);
    refused("announce", 4);
  }

  @Test
  @Order(10)
  void theOtherLogHasItsOwnKeys() {
    get("/v1/logs/trials/keys").then().body("generations.generation", contains(1));
  }

  @Test
  @Order(11)
  void coseReceiptsOfEveryGenerationHoldUnderThePublishedKeys() throws Exception {
    CoseKeySet set = CoseKeySet.parse(get("/scitt/claims/.well-known/scitt-keys").asByteArray());
    assertEquals(6, set.keys().size());
    List<VerifierKey> keys =
        set.keys().stream().map(key -> key.ofLog(logs.get("claims").origin())).toList();
    Set<Integer> used = new TreeSet<>();
    long size = new Sql().number("SELECT max(end_) FROM block WHERE log = 'claims'");
    for (long index = 0; index < size; index++) {
      String path = "/v1/logs/claims/entries/" + index;
      Hash leaf = Hash.fromBase64(get(path + "/receipt").jsonPath().getString("leafHash"));
      for (String algorithm : List.of("ed25519", "ml-dsa-44")) {
        byte[] bytes = get(path + "/receipt.cose?alg=" + algorithm).asByteArray();
        CoseReceipt receipt = CoseReceipt.parse(bytes);
        VerifierKey key = keys.stream().filter(receipt::claims).findFirst().orElseThrow();
        assertTrue(receipt.includes(leaf, key), path);
        used.add(keys.indexOf(key));
      }
    }
    assertEquals(Set.of(0, 1, 2, 3, 4, 5), used);
  }

  private ClaimsKeys claims() {
    return new ClaimsKeys(logs, config);
  }

  private TrustPolicy policy(int... generations) throws Exception {
    return claims().policy(generations);
  }

  private List<Integer> signers(Kept kept) {
    return claims().generations(kept.proof().checkpoint()).stream().distinct().toList();
  }

  private Kept append() throws Exception {
    Entry entry = Entries.random();
    Response answer = Entries.append("claims", entry);
    assertEquals(201, answer.statusCode(), answer::asString);
    String receipt = "/v1/logs/claims/entries/" + answer.jsonPath().getLong("index") + "/receipt";
    for (int i = 0; i < 200; i++) {
      JsonPath now = get(receipt).jsonPath();
      if (now.getString("level").equals("witnessed")) {
        Kept kept = new Kept(entry.leafHash(), TlogProof.parse(now.getString("proof")));
        KEPT.add(kept);
        return kept;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("not witnessed");
  }
}
