package dev.indelible.ledger;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.ledger.testing.Entries;
import dev.indelible.ledger.testing.LedgerFiles;
import dev.indelible.ledger.testing.Oracle;
import dev.indelible.ledger.testing.Sql;
import dev.indelible.ledger.testing.TestTokens;
import dev.indelible.local.testing.RealPostgres;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.cose.ConciseProblem;
import dev.indelible.transparency.cose.CoseKey;
import dev.indelible.transparency.cose.CoseKeySet;
import dev.indelible.transparency.cose.CoseReceipt;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.cose.TransparentStatement;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.PemKey;
import dev.indelible.transparency.note.VerifierKey;
import dev.indelible.transparency.policy.TrustPolicy;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// SCRAPI as a client of SCITT sees it.
@QuarkusTest
@WithTestResource(
    value = RealPostgres.class,
    initArgs = @ResourceArg(name = "database", value = "ledger"))
@WithTestResource(LedgerFiles.class)
@WithTestResource(TestTokens.class)
class ScittTest {
  private static final String COSE = "application/cose";
  private static final String ENTRIES = "/scitt/claims/entries";
  private static final String KEYS = "/scitt/claims/.well-known/scitt-keys";

  @Inject LedgerConfig config;

  @AfterEach
  void nothingDiffers() {
    Oracle.requireNoDifference();
  }

  @Test
  void registersAStatementAndServesItsReceiptForEver() throws Exception {
    Entry entry = Entries.random();
    Response first = register(entry.bytes());
    assertEquals(201, first.statusCode(), first::asString);
    assertEquals(COSE, first.contentType());
    assertTrue(holds(first.asByteArray(), entry, KeyAlgorithm.ED25519));

    String location = path(first);
    assertEquals(ENTRIES + "/" + id(entry), location);
    byte[] served =
        get(location)
            .then()
            .statusCode(200)
            .contentType(COSE)
            .header("Cache-Control", containsString("immutable"))
            .extract()
            .asByteArray();
    assertArrayEquals(first.asByteArray(), served);
    byte[] mlDsa44 = get(location + "?alg=ml-dsa-44").asByteArray();
    assertTrue(holds(mlDsa44, entry, KeyAlgorithm.ML_DSA_44));

    Entries.append("claims", Entries.random());
    Response again = register(entry.bytes());
    assertEquals(201, again.statusCode());
    assertArrayEquals(served, again.asByteArray());
    assertEquals(200, Entries.append("claims", entry).statusCode());
  }

  @Test
  void theReceiptIsUnderTheKeyAskedFor() throws Exception {
    Entry entry = Entries.random();
    Response answer = writer().body(entry.bytes()).post(ENTRIES + "?alg=ml-dsa-44");
    assertEquals(201, answer.statusCode());
    assertTrue(holds(answer.asByteArray(), entry, KeyAlgorithm.ML_DSA_44));
  }

  @Test
  void emptiesTheUnprotectedHeaderBeforeHashing() throws Exception {
    byte[] another = register(Entries.random().bytes()).asByteArray();
    Entry entry = Entries.random();
    byte[] withHeader =
        new TransparentStatement(entry, List.of(CoseReceipt.parse(another))).bytes();
    Response answer = register(withHeader);
    assertEquals(201, answer.statusCode(), answer::asString);
    assertEquals(ENTRIES + "/" + id(entry), path(answer));
    assertTrue(holds(answer.asByteArray(), entry, KeyAlgorithm.ED25519));
  }

  @Test
  void answersAtOnceWhenAskedToAndLaterHasTheReceipt() throws Exception {
    Entry entry = Entries.random();
    Response answer = writer().header("Prefer", "respond-async").body(entry.bytes()).post(ENTRIES);
    assertEquals(202, answer.statusCode());
    assertEquals("1", answer.header("Retry-After"));
    Response receipt = get(path(answer));
    for (int i = 0; receipt.statusCode() == 204 && i < 200; i++) {
      Thread.sleep(50);
      receipt = get(path(answer));
    }
    assertEquals(200, receipt.statusCode());
    assertTrue(holds(receipt.asByteArray(), entry, KeyAlgorithm.ED25519));
  }

  @Test
  void aStatementThatNoBlockHoldsIsPending() throws Exception {
    Entry entry = Entries.random();
    String location = path(register(entry.bytes()));
    Sql sql = new Sql();
    String last =
        " WHERE log = 'claims' AND number = (SELECT max(number) FROM block WHERE log = 'claims')";
    sql.update("CREATE TABLE kept AS SELECT * FROM block" + last);
    sql.update("DELETE FROM block" + last);
    try {
      get(location)
          .then()
          .statusCode(204)
          .header("Retry-After", equalTo("1"))
          .header("Cache-Control", containsString("no-store"));
    } finally {
      sql.update("INSERT INTO block SELECT * FROM kept");
      sql.update("DROP TABLE kept");
    }
    get(location).then().statusCode(200);
  }

  @Test
  void publishesItsKeysAsCose() throws Exception {
    byte[] bytes =
        get(KEYS)
            .then()
            .statusCode(200)
            .contentType("application/cose-key-set")
            .extract()
            .asByteArray();
    CoseKeySet set = CoseKeySet.parse(bytes);
    assertEquals(keys().stream().map(CoseKey::of).toList(), set.keys());
    for (CoseKey key : set.keys()) {
      byte[] one =
          get(KEYS + "/" + key.kidText())
              .then()
              .statusCode(200)
              .contentType("application/cose-key")
              .header("Cache-Control", containsString("immutable"))
              .extract()
              .asByteArray();
      assertEquals(key, CoseKey.parse(one));
    }
  }

  @Test
  void refusesInConciseProblemDetails() {
    byte[] entry = Entries.random().bytes();
    byte[] broken = entry.clone();
    broken[0] ^= 1;
    refused(register(new byte[0]), 400, "malformed-entry");
    refused(register(broken), 400, "malformed-entry");
    PemKey key = PemKey.parse(KeyAlgorithm.ED25519, PemKey.generate(KeyAlgorithm.ED25519));
    Entry strange = Entry.sign("urn:indelible:org:alder", "urn:uuid:x", Hash.EMPTY_TREE, key);
    refused(register(strange.bytes()), 403, "unknown-issuer");
    refused(given().contentType(COSE).body(entry).post(ENTRIES), 401, "unauthenticated");
    String reader = TestTokens.of("claim-submitter");
    refused(
        given().auth().oauth2(reader).contentType(COSE).body(entry).post(ENTRIES),
        403,
        "forbidden");
    refused(
        writer().contentType("application/json").body("{}").post(ENTRIES),
        415,
        "unsupported-media-type");
    refused(register(new byte[(4 << 20) + 1]), 413, "body-too-large");
    refused(register(new byte[2 * 65_535 + 1]), 413, "body-too-large");
    refused(writer().header("Prefer", "speed").body(entry).post(ENTRIES), 400, "bad-preference");
    refused(writer().body(entry).post("/scitt/nothing/entries"), 404, "not-found");
    refused(get(ENTRIES + "/" + id(Entries.random())), 404, "not-found");
    refused(get(ENTRIES + "/short"), 404, "not-found");
    refused(get(ENTRIES + "/" + id(Entries.random()) + "="), 404, "not-found");
    refused(get(KEYS + "/" + id(Entries.random())), 404, "not-found");
    refused(get("/scitt/claims/nothing"), 404, "not-found");
  }

  private static void refused(Response answer, int status, String code) {
    assertEquals(status, answer.statusCode(), code);
    answer.then().contentType(startsWith(ConciseProblem.MEDIA_TYPE));
    ConciseProblem problem = ConciseProblem.parse(answer.asByteArray());
    assertEquals(code, problem.code());
    assertEquals("https://indelible.dev/problems/" + code, problem.type());
    assertTrue(!problem.title().isEmpty() && !problem.detail().isEmpty());
  }

  private static Response register(byte[] statement) {
    return writer().body(statement).post(ENTRIES);
  }

  private static RequestSpecification writer() {
    return given().auth().oauth2(TestTokens.of("log-writer")).contentType(COSE);
  }

  private static String path(Response answer) {
    String location = answer.header("Location");
    return location.substring(location.indexOf("/scitt/"));
  }

  private static String id(Entry entry) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(entry.leafHash().bytes());
  }

  private boolean holds(byte[] receipt, Entry entry, KeyAlgorithm algorithm) throws Exception {
    VerifierKey key =
        keys().stream().filter(k -> k.type().algorithm() == algorithm).findFirst().orElseThrow();
    return CoseReceipt.parse(receipt).includes(entry.leafHash(), key);
  }

  private List<VerifierKey> keys() throws Exception {
    return TrustPolicy.parse(Files.readString(config.policy()))
        .logKeys(LedgerFiles.ORIGIN + "/claims");
  }
}
