package dev.indelible.ledger;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.ledger.testing.LedgerFiles;
import dev.indelible.ledger.testing.Oracle;
import dev.indelible.ledger.testing.TestTokens;
import dev.indelible.local.testing.RealPostgres;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.cose.Batch;
import dev.indelible.transparency.cose.Draft;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.PemKey;
import dev.indelible.transparency.note.Signer;
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
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Many statements under one signature, each with an answer of its own.
@QuarkusTest
@WithTestResource(
    value = RealPostgres.class,
    initArgs = @ResourceArg(name = "database", value = "ledger"))
@WithTestResource(LedgerFiles.class)
@WithTestResource(TestTokens.class)
class BatchLaneTest {
  private static final String ISSUER = "urn:indelible:org:alder";

  @Inject LedgerConfig config;

  @AfterEach
  void nothingDiffers() {
    Oracle.requireNoDifference();
  }

  private static List<Draft> drafts(int count) {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] root = new byte[Hash.LENGTH];
      ThreadLocalRandom.current().nextBytes(root);
      drafts.add(new Draft("urn:uuid:" + UUID.randomUUID(), Hash.of(root)));
    }
    return drafts;
  }

  /// @param token name of the unique token of each statement; statements of one name are duplicates
  private static Map<String, Object> body(List<Draft> drafts, List<String> tokens) {
    Signer signer = LedgerFiles.issuer().signer();
    Hash kid = LedgerFiles.issuer().key().thumbprint();
    List<Map<String, Object>> statements = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      Hash digest = Hash.sha256(tokens.get(i).getBytes(java.nio.charset.StandardCharsets.UTF_8));
      statements.add(
          Map.of(
              "subject", drafts.get(i).subject(),
              "root", drafts.get(i).statementRoot().toBase64(),
              "tokens",
                  List.of(
                      Map.of(
                          "name",
                          "id",
                          "kind",
                          "unique",
                          "epoch",
                          1,
                          "digest",
                          digest.toBase64()))));
    }
    byte[] signature = signer.sign(Batch.of(ISSUER, drafts, kid).toBeSigned());
    Map<String, Object> body = new HashMap<>();
    body.put("issuer", ISSUER);
    body.put("kid", kid.toBase64());
    body.put("signature", Base64.getEncoder().encodeToString(signature));
    body.put("statements", statements);
    return body;
  }

  private static List<String> distinct(int count) {
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tokens.add(UUID.randomUUID().toString());
    }
    return tokens;
  }

  private static Response post(Object body, String... prefer) {
    var request =
        given().auth().oauth2(TestTokens.of("log-writer")).contentType("application/json");
    for (String value : prefer) {
      request = request.header("Prefer", value);
    }
    return request.body(body).post("/v1/logs/claims/batches");
  }

  @Test
  void givesEveryStatementAPlaceThatAnyoneCanVerify() throws Exception {
    List<Draft> drafts = drafts(300);
    Map<String, Object> body = body(drafts, distinct(300));
    JsonPath answer = post(body).then().statusCode(200).extract().jsonPath();
    assertEquals("included", answer.getString("level"));
    List<Entry> entries = Entry.signBatch(ISSUER, drafts, LedgerFiles.issuer().signer());
    long first = answer.getLong("results[0].index");
    ReceiptVerifier verifier =
        new ReceiptVerifier(TrustPolicy.parse(Files.readString(config.policy())));
    for (int i = 0; i < drafts.size(); i += 37) {
      assertEquals(first + i, answer.getLong("results[" + i + "].index"));
      assertEquals(
          entries.get(i).leafHash().toBase64(), answer.getString("results[" + i + "].leafHash"));
      String proof =
          get("/v1/logs/claims/entries/" + (first + i) + "/receipt.tlog-proof").asString();
      verifier.verify(entries.get(i).leafHash(), TlogProof.parse(proof));
    }
    assertEquals(answer.getList("results"), post(body).jsonPath().getList("results"));
  }

  @Test
  void refusesDuplicatesOneByOne() {
    String before = UUID.randomUUID().toString();
    List<Draft> original = drafts(1);
    long index = post(body(original, List.of(before))).jsonPath().getLong("results[0].index");
    String twice = UUID.randomUUID().toString();
    List<Draft> drafts = drafts(4);
    List<String> tokens = List.of(UUID.randomUUID().toString(), before, twice, twice);
    JsonPath answer = post(body(drafts, tokens)).then().statusCode(200).extract().jsonPath();
    assertEquals(index + 1, answer.getLong("results[0].index"));
    assertEquals(index, answer.getLong("results[1].duplicateOf.index"));
    assertEquals(original.getFirst().subject(), answer.getString("results[1].duplicateOf.record"));
    assertEquals(index + 2, answer.getLong("results[2].index"));
    assertEquals(index + 2, answer.getLong("results[3].duplicateOf.index"));
    assertEquals(drafts.get(2).subject(), answer.getString("results[3].duplicateOf.record"));
  }

  @Test
  void refusesABatchWhoseSignatureIsForOtherStatements() {
    List<Draft> drafts = drafts(3);
    Map<String, Object> body = body(drafts, distinct(3));
    body.put("signature", body(drafts(3), distinct(3)).get("signature"));
    post(body).then().statusCode(400).body("code", equalTo("bad-batch"));
    List<Draft> swapped = List.of(drafts.get(1), drafts.get(0), drafts.get(2));
    Map<String, Object> other = body(swapped, distinct(3));
    other.put("signature", body(drafts, distinct(3)).get("signature"));
    post(other).then().statusCode(400).body("code", equalTo("bad-batch"));
    body.put("kid", Hash.EMPTY_TREE.toBase64());
    post(body).then().statusCode(403).body("code", equalTo("unknown-issuer"));
    body.put("statements", List.of());
    post(body).then().statusCode(400).body("violations.field[0]", equalTo("/statements"));
  }

  @Test
  void answersAtTheLevelAskedFor() {
    JsonPath sequenced =
        post(body(drafts(2), distinct(2)), "respond-async").then().extract().jsonPath();
    assertEquals("sequenced", sequenced.getString("level"));
    assertFalse(sequenced.getMap("").containsKey("block"));
    // Nobody cosigns in this test: after a second the answer is what there is.
    post(body(drafts(2), distinct(2)), "wait=1;level=witnessed")
        .then()
        .statusCode(202)
        .body("level", equalTo("included"))
        .body("block", notNullValue())
        .body("results[1].index", greaterThan(0));
    post(body(drafts(1), distinct(1)), "wait=soon")
        .then()
        .statusCode(400)
        .body("code", equalTo("bad-preference"));
  }

  private static Map<String, Object> signed(Entry entry, String token) {
    Hash digest = Hash.sha256(token.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return Map.of(
        "entry",
        Base64.getEncoder().encodeToString(entry.bytes()),
        "tokens",
        List.of(Map.of("name", "id", "kind", "unique", "epoch", 1, "digest", digest.toBase64())));
  }

  private static Entry entry() {
    Draft draft = drafts(1).getFirst();
    return Entry.sign(
        ISSUER, draft.subject(), draft.statementRoot(), LedgerFiles.issuer().signer());
  }

  /// What was signed one by one, and waited: in order, each with its receipt.
  @Test
  void takesEntriesThatWereSignedBeforeAndAnswersWithTheirReceipts() throws Exception {
    String before = UUID.randomUUID().toString();
    Entry original = entry();
    long index =
        post(Map.of("entries", List.of(signed(original, before))))
            .then()
            .statusCode(200)
            .extract()
            .jsonPath()
            .getLong("results[0].index");
    List<Entry> entries = List.of(entry(), entry(), original, entry());
    List<String> tokens = List.of(distinct(1).getFirst(), before, before, distinct(1).getFirst());
    List<Map<String, Object>> items = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      items.add(signed(entries.get(i), tokens.get(i)));
    }
    JsonPath answer = post(Map.of("entries", items)).then().statusCode(200).extract().jsonPath();
    assertEquals(index, answer.getLong("results[1].duplicateOf.index"));
    ReceiptVerifier verifier =
        new ReceiptVerifier(TrustPolicy.parse(Files.readString(config.policy())));
    Map<Integer, Long> places = Map.of(0, index + 1, 2, index, 3, index + 2);
    for (var place : places.entrySet()) {
      String result = "results[" + place.getKey() + "]";
      TlogProof proof = TlogProof.parse(answer.getString(result + ".proof"));
      assertEquals(place.getValue(), answer.getLong(result + ".index"));
      assertEquals(place.getValue(), proof.proof().index());
      assertNotNull(answer.get(result + ".block"));
      verifier.verify(entries.get(place.getKey()).leafHash(), proof);
    }
    assertEquals(
        answer.getList("results"),
        post(Map.of("entries", items))
            .then()
            .statusCode(200)
            .extract()
            .jsonPath()
            .getList("results"));
    assertFalse(
        post(Map.of("entries", items), "return=minimal")
            .jsonPath()
            .getMap("results[0]")
            .containsKey("proof"));
  }

  @Test
  void takesNoneOfSeveralEntriesWhenOneIsNobodys() {
    Entry good = entry();
    Map<String, Object> bad =
        signed(
            Entry.sign(
                ISSUER,
                "urn:uuid:" + UUID.randomUUID(),
                Hash.EMPTY_TREE,
                PemKey.parse(KeyAlgorithm.ED25519, PemKey.generate(KeyAlgorithm.ED25519))),
            UUID.randomUUID().toString());
    String token = UUID.randomUUID().toString();
    post(Map.of("entries", List.of(signed(good, token), bad)))
        .then()
        .statusCode(403)
        .body("code", equalTo("unknown-issuer"));
    // The token was not taken.
    post(Map.of("entries", List.of(signed(entry(), token))))
        .then()
        .statusCode(200)
        .body("results[0].index", notNullValue());
    post(Map.of("entries", List.of()))
        .then()
        .statusCode(400)
        .body("violations.field[0]", equalTo("/entries"));
    post(Map.of("entries", List.of(), "issuer", ISSUER)).then().statusCode(400);
  }

  @Test
  void takesALargestBatchAndNoLarger() {
    Response largest = post(body(drafts(Batch.MAX_SIZE), distinct(Batch.MAX_SIZE)));
    assertEquals(200, largest.statusCode());
    long last = largest.jsonPath().getLong("results[-1].index");
    assertTrue(last >= Batch.MAX_SIZE);
    List<Draft> more = drafts(Batch.MAX_SIZE + 1);
    List<Map<String, Object>> statements = new ArrayList<>();
    more.forEach(
        draft ->
            statements.add(
                Map.of("subject", draft.subject(), "root", draft.statementRoot().toBase64())));
    post(Map.of("issuer", ISSUER, "kid", "", "signature", "", "statements", statements))
        .then()
        .statusCode(400)
        .body("violations.field[0]", equalTo("/statements"));
  }
}
