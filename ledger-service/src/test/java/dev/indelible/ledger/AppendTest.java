package dev.indelible.ledger;

import static dev.indelible.ledger.testing.Entries.append;
import static dev.indelible.ledger.testing.Entries.token;
import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.indelible.ledger.testing.Entries;
import dev.indelible.ledger.testing.LedgerFiles;
import dev.indelible.ledger.testing.Oracle;
import dev.indelible.ledger.testing.Sql;
import dev.indelible.ledger.testing.TestTokens;
import dev.indelible.local.testing.RealPostgres;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.PemKey;
import dev.indelible.transparency.policy.OpenedCheckpoint;
import dev.indelible.transparency.policy.TrustPolicy;
import dev.indelible.transparency.receipt.ReceiptVerifier;
import dev.indelible.transparency.receipt.TlogProof;
import dev.indelible.transparency.statement.Disclosure;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("asvs-5.0/4.1.5")
@QuarkusTest
@WithTestResource(
    value = RealPostgres.class,
    initArgs = @ResourceArg(name = "database", value = "ledger"))
@WithTestResource(LedgerFiles.class)
@WithTestResource(TestTokens.class)
class AppendTest {
  @Inject LedgerConfig config;

  @AfterEach
  void nothingDiffers() {
    Oracle.requireNoDifference();
  }

  @Test
  void answersWithReceiptAndTheSameBytesOnRetry() throws Exception {
    Entry entry = Entries.random();
    Response first = append("claims", entry, token("amount", "alert", "retry"));
    assertEquals(201, first.statusCode(), first.asString());
    append("claims", Entries.random(), token("amount", "alert", "retry"));
    Response again = append("claims", entry);
    assertEquals(200, again.statusCode());
    assertEquals(first.asString(), again.asString());

    TlogProof proof = TlogProof.parse(first.jsonPath().getString("proof"));
    OpenedCheckpoint opened = new ReceiptVerifier(policy()).verify(entry.leafHash(), proof);
    assertEquals(first.jsonPath().getLong("index"), proof.proof().index());
    assertEquals(LedgerFiles.ORIGIN + "/claims", opened.checkpoint().origin());
    String path = "/v1/logs/claims/entries/" + first.jsonPath().getLong("index") + "/receipt";
    get(path)
        .then()
        .body("level", equalTo("included"))
        .body("proof", equalTo(proof.print()))
        .body("leafHash", equalTo(entry.leafHash().toBase64()));
    assertEquals(proof.print(), get(path + ".tlog-proof").asString());
  }

  @Test
  void refusesRepeatedUniqueTokenWithLinkToTheFirst() {
    Entry original = Entries.random();
    long index =
        append("claims", original, token("id", "unique", "one")).jsonPath().getLong("index");
    append("claims", Entries.random(), token("id", "unique", "one"))
        .then()
        .statusCode(409)
        .contentType("application/problem+json")
        .body("code", equalTo("duplicate-entry"))
        .body("duplicateOf.index", equalTo((int) index))
        .body("duplicateOf.record", equalTo(original.subject()))
        .body("duplicateOf.name", equalTo("id"))
        .body("duplicateOf.receipt", equalTo("/v1/logs/claims/entries/" + index + "/receipt"));
    append("claims", Entries.random(), token("other", "unique", "one")).then().statusCode(201);
    append("trials", Entries.random(), token("id", "unique", "one")).then().statusCode(201);
  }

  /// The index holds half of a digest, and whoever submits tokens can look for two that share it.
  /// Such a pair must not take the log away from everybody.
  @Test
  void takesAUniqueTokenThatSharesItsKeyInTheIndexWithAnother() throws Exception {
    Sql sql = new Sql();
    String forged = UUID.randomUUID().toString();
    int held = append("claims", Entries.random(), token("id", "unique", forged)).path("index");
    String key = "SELECT key FROM match_token WHERE log = 'claims' AND idx = ?";
    Object before = sql.list(key, held).getFirst();
    long epoch = sql.number("SELECT epoch FROM log_head WHERE log = 'claims'");
    String colliding = UUID.randomUUID().toString();
    Hash digest = Hash.sha256(colliding.getBytes(StandardCharsets.UTF_8));
    sql.update(
        "UPDATE match_token SET key = encode(substring(sha256(convert_to(E'claims\\nid\\n', 'UTF8')"
            + " || int4send(1) || ?) FROM 1 FOR 16), 'hex')::uuid WHERE log = 'claims' AND idx = ?",
        digest.bytes(),
        held);
    Response second = append("claims", Entries.random(), token("id", "unique", colliding));
    assertEquals(201, second.statusCode(), second.asString());
    append("claims", Entries.random(), token("id", "unique", colliding))
        .then()
        .statusCode(409)
        .body("duplicateOf.index", equalTo(second.<Integer>path("index")));
    assertEquals(epoch, sql.number("SELECT epoch FROM log_head WHERE log = 'claims'"), "office");
    sql.update("UPDATE match_token SET key = ? WHERE log = 'claims' AND idx = ?", before, held);
  }

  @Test
  void reportsAlertTokensAndAppendsAllTheSame() {
    Entry first = Entries.random();
    Entry second = Entries.random();
    append("claims", first, token("day", "alert", "x")).then().body("matches.size()", equalTo(0));
    Response match = append("claims", second, token("day", "alert", "x"), token("z", "alert", "y"));
    assertEquals(List.of(first.subject()), match.jsonPath().getList("matches.record"));
    assertEquals(List.of("day"), match.jsonPath().getList("matches.name"));
    append("claims", Entries.random(), token("day", "alert", "x"))
        .then()
        .body("matches.size()", equalTo(2));
    assertEquals(match.asString(), append("claims", second).asString());
  }

  @Test
  void acceptsOneOf64ParallelEntriesWithTheSameUniqueToken() throws Exception {
    String value = UUID.randomUUID().toString();
    List<Response> responses = inParallel(64, value);
    long accepted = responses.stream().filter(response -> response.statusCode() == 201).count();
    Set<Integer> originals = new HashSet<>();
    for (Response response : responses) {
      originals.add(
          response.jsonPath().getInt(response.statusCode() == 201 ? "index" : "duplicateOf.index"));
    }
    assertEquals(1, accepted);
    assertEquals(63, responses.stream().filter(response -> response.statusCode() == 409).count());
    assertEquals(1, originals.size());
  }

  private static List<Response> inParallel(int count, String value) throws Exception {
    try (var threads = Executors.newFixedThreadPool(count)) {
      List<Future<Response>> futures = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Entry entry = Entries.random();
        futures.add(threads.submit(() -> append("claims", entry, token("same", "unique", value))));
      }
      List<Response> responses = new ArrayList<>();
      for (Future<Response> future : futures) {
        responses.add(future.get());
      }
      return responses;
    }
  }

  @Test
  void refusesEntriesOfUnknownIssuers() {
    PemKey stranger = PemKey.parse(KeyAlgorithm.ED25519, PemKey.generate(KeyAlgorithm.ED25519));
    Hash root = Hash.sha256(new byte[1]);
    Entry forged = Entry.sign("urn:indelible:org:alder", "urn:uuid:x", root, stranger);
    append("claims", forged).then().statusCode(403).body("code", equalTo("unknown-issuer"));

    String log = "urn:indelible:log:" + LedgerFiles.ORIGIN + "/claims";
    Entry usurper = Entry.sign(log, "urn:uuid:x", root, LedgerFiles.issuer().signer());
    append("claims", usurper).then().statusCode(403).body("code", equalTo("unknown-issuer"));
  }

  @Test
  void refusesEntriesWithAFlippedBit() {
    byte[] bytes = Entries.random().bytes();
    for (int at = 0; at < bytes.length; at += 7) {
      byte[] broken = bytes.clone();
      broken[at] ^= 4;
      String entry = Base64.getEncoder().encodeToString(broken);
      int status = post(Map.of("entry", entry)).extract().statusCode();
      assertEquals(true, status == 400 || status == 403, "byte " + at + ": " + status);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{\"entry\":\"AA==\",\"entry\":\"AA==\"}",
        "{\"entry\":1}",
        "{\"entry\":\"AA==\",\"more\":1}",
        "{\"entry\":\"A\"}",
        "{\"entry\":\"AA=\"}",
        "{\"entry\":\"AB==\"}",
        "{}",
        "{\"entry\":\"AA==\"}"
      })
  void refusesMalformedBodies(String body) {
    post(body).statusCode(400).contentType("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"a\",\"kind\":\"maybe\",\"epoch\":1,\"digest\":\"%s\"}",
        "{\"name\":\"A\",\"kind\":\"unique\",\"epoch\":1,\"digest\":\"%s\"}",
        "{\"name\":\"a\",\"kind\":\"unique\",\"epoch\":-1,\"digest\":\"%s\"}",
        "{\"name\":\"a\",\"kind\":\"unique\",\"epoch\":1.5,\"digest\":\"%s\"}",
        "{\"name\":\"a\",\"kind\":\"unique\",\"epoch\":1,\"digest\":\"AA==\"}",
        "{\"name\":\"a\",\"kind\":\"unique\",\"epoch\":1}",
        "null"
      })
  void refusesMalformedTokensAndNamesThem(String token) {
    String entry = Base64.getEncoder().encodeToString(Entries.random().bytes());
    String digest = Hash.EMPTY_TREE.toBase64();
    post("{\"entry\":\"" + entry + "\",\"tokens\":[" + token.formatted(digest) + "]}")
        .statusCode(400)
        .body("violations.field.join()", containsString("/tokens/0"));
  }

  @Test
  void refusesBodiesOverFourMebibytes() {
    post("{\"entry\":\"" + "A".repeat(1 << 22) + "\"}").statusCode(413);
    String tooLong = Base64.getEncoder().encodeToString(new byte[65_536]);
    post(Map.of("entry", tooLong)).statusCode(400).body("violations.field", hasItem("/entry"));
  }

  @Test
  void asksForTokenAndRole() {
    Map<String, Object> body = Entries.body(Entries.random());
    given()
        .contentType("application/json")
        .body(body)
        .post("/v1/logs/claims/entries")
        .then()
        .statusCode(401);
    given()
        .auth()
        .oauth2(TestTokens.of("claim-submitter"))
        .contentType("application/json")
        .body(body)
        .post("/v1/logs/claims/entries")
        .then()
        .statusCode(403);
    given().auth().oauth2(TestTokens.of("log-writer")).post("/v1/audit").then().statusCode(403);
    append("nothing", Entries.random()).then().statusCode(404);
  }

  @Test
  void beginsWithItsOwnStatementsDisclosedInFull() throws Exception {
    for (int index = 0; index < 2; index++) {
      byte[] document = get("/v1/logs/claims/statements/" + index).asByteArray();
      Disclosure disclosure = Disclosure.parse(document);
      disclosure.verify();
      TlogProof proof =
          TlogProof.parse(
              get("/v1/logs/claims/entries/" + index + "/receipt.tlog-proof").asString());
      new ReceiptVerifier(policy()).verify(disclosure.entry().leafHash(), proof);
      assertEquals(index, proof.proof().index());
    }
    get("/v1/logs/claims/statements/0").then().body("fields.value", hasItem("ledger.genesis/v1"));
    get("/v1/logs/claims/statements/1").then().body("fields.value", hasItem("ledger.policy/v1"));
    get("/v1/logs/claims/statements/99999").then().statusCode(404);
  }

  @Test
  void answersPublicPagesWithoutATokenUnderAStrictPolicy() {
    Response home = get("/");
    assertEquals(200, home.statusCode());
    assertFalse(home.header("Content-Security-Policy").contains("unsafe"));
    assertEquals(true, home.asString().contains(LedgerFiles.ORIGIN + "/claims"));
    get("/logs/claims/checkpoint").then().statusCode(200);
  }

  private TrustPolicy policy() throws Exception {
    return TrustPolicy.parse(Files.readString(config.policy()));
  }

  private static ValidatableResponse post(Object body) {
    return given()
        .auth()
        .oauth2(TestTokens.of("log-writer"))
        .contentType("application/json")
        .body(body)
        .post("/v1/logs/claims/entries")
        .then();
  }

  /// RFC 7240 §4.2.
  @Test
  void whoeverFetchesReceiptsLaterGetsNoProof() {
    Map<String, Object> body = Entries.body(Entries.random());
    Response minimal = prefer("wait=10;level=included, return=minimal", body);
    minimal.then().statusCode(201).header("Preference-Applied", "return=minimal");
    assertNull(minimal.jsonPath().get("proof"));
    Response again = prefer("return=representation", body);
    again.then().statusCode(200);
    assertNotNull(again.jsonPath().get("proof"));
    for (String member : List.of("log", "index", "leafHash", "block", "level", "matches")) {
      assertEquals(again.jsonPath().<Object>get(member), minimal.jsonPath().get(member), member);
    }
  }

  private static Response prefer(String preference, Map<String, Object> body) {
    return given()
        .auth()
        .oauth2(TestTokens.of("log-writer"))
        .header("Prefer", preference)
        .contentType("application/json")
        .body(body)
        .post("/v1/logs/claims/entries");
  }
}
