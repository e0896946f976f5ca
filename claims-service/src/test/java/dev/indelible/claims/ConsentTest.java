package dev.indelible.claims;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.indelible.consent.Replay;
import dev.indelible.local.TestPostgres;
import dev.indelible.transparency.Hash;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A patient of Alder's lets Birch read, and takes it back.
@Tag("asvs-5.0/8.2.2")
@Tag("asvs-5.0/8.2.3")
@Tag("hipaa/164.312.a.1")
@QuarkusTest
@ServiceUnderTest.Surroundings
class ConsentTest {
  static final String LATER = "9000-01-01T00:00:00Z";

  /// Neither alerts, which are between the insurers concerned, nor what is anchored beside it.
  private static final Set<String> FIELDS =
      Set.of("id", "insurer", "submittedAt", "state", "anchor", "claim");

  private final String patient = "patient-" + UUID.randomUUID();
  private String membership;
  private String claim;

  @BeforeEach
  void aMemberWithAClaim() {
    String member = "M-" + UUID.randomUUID();
    claim = MembershipTest.submit(Tokens.alder(), member);
    membership =
        MembershipTest.redeem(patient, MembershipTest.invite(Tokens.alder(), member)).path("id");
  }

  @Test
  void anotherInsurerReadsWhatIsGrantedAndNothingElse() {
    read("HPAYMT").then().statusCode(404);
    shared("HPAYMT").then().statusCode(200).body("items.id", not(hasItem(claim)));
    grant("permit", "HPAYMT");
    read("HPAYMT")
        .then()
        .statusCode(200)
        .body("keySet()", equalTo(FIELDS))
        .body("insurer", equalTo("alder"))
        .body("claim.lines[0].code.code", equalTo("E0601"));
    shared("HPAYMT").then().statusCode(200).body("items.id", hasItem(claim));
    // Not for another purpose, not by another role, not at the insurer's own place.
    read("FRAUD").then().statusCode(404);
    shared("FRAUD").then().statusCode(200).body("items.id", not(hasItem(claim)));
    as(Tokens.birch()).get("/v1/shared-claims/" + claim).then().statusCode(403);
    as(birch()).get("/v1/claims/" + claim).then().statusCode(404);
    purpose(as(Tokens.alderAdjudicator()), "HPAYMT")
        .get("/v1/shared-claims/" + claim)
        .then()
        .statusCode(404);
  }

  @Test
  void whatIsNotSharedIsAnsweredLikeNothing() {
    Response refused = read("HPAYMT");
    refused.then().statusCode(404);
    Response absent = purpose(as(birch()), "HPAYMT").get("/v1/shared-claims/" + UUID.randomUUID());
    assertEquals(absent.asString(), refused.asString());
  }

  @Test
  void theNextRequestAfterTheRevocationIsRefused() {
    String grant = grant("permit", "HPAYMT");
    read("HPAYMT").then().statusCode(200);
    me(patient).delete("/v1/me/grants/" + grant).then().statusCode(204);
    read("HPAYMT").then().statusCode(404);
    shared("HPAYMT").then().statusCode(200).body("items.id", not(hasItem(claim)));
    assertNotNull(me(patient).get("/v1/me/grants").path("items[0].revokedAt"));
    // What is past may be granted anew.
    grant("permit", "HPAYMT");
    read("HPAYMT").then().statusCode(200);
  }

  @Test
  void aRevocationByAProcessWhoseClockIsAheadCountsAtOnce() throws Exception {
    String grant = grant("permit", "HPAYMT");
    me(patient).delete("/v1/me/grants/" + grant).then().statusCode(204);
    String edit =
        "update consent_revocation set revoked_at = '%s' where grant_id = '" + grant + "'";
    String was =
        Rows.strings("select revoked_at from consent_revocation where grant_id = '" + grant + "'")
            .getFirst();
    assertEquals(1, Rows.update(edit.formatted("8999-01-01T00:00:00.000000Z")));
    read("HPAYMT").then().statusCode(404);
    assertEquals(1, Rows.update(edit.formatted(was)));
  }

  @Test
  void aDenyOutweighsAPermit() {
    grant("permit", "HPAYMT");
    String deny = grant("deny", "HPAYMT");
    read("HPAYMT").then().statusCode(404);
    me(patient).delete("/v1/me/grants/" + deny).then().statusCode(204);
    read("HPAYMT").then().statusCode(200);
  }

  @Test
  void aGrantCanBeAboutSomeRecordsAlone() {
    body("""
            {"membership":"%s","recipient":"birch","purpose":"HPAYMT","until":"%s",
             "records":{"from":"2020-01-01T00:00:00Z","until":"2021-01-01T00:00:00Z"}}
            """)
        .then()
        .statusCode(201);
    read("HPAYMT").then().statusCode(404);
    shared("HPAYMT").then().statusCode(200).body("items.id", not(hasItem(claim)));
  }

  @Test
  void aGrantThatBeginsLaterOpensNothingNow() {
    body("""
            {"membership":"%s","recipient":"birch","purpose":"HPAYMT",
             "from":"8999-01-01T00:00:00Z","until":"%s"}
            """)
        .then()
        .statusCode(201);
    read("HPAYMT").then().statusCode(404);
  }

  @Test
  void everyDecisionIsStoredAndReplaysOffline() throws IOException {
    read("HPAYMT");
    grant("permit", "HPAYMT");
    read("HPAYMT");
    shared("HPAYMT");
    Response decisions = me(patient).get("/v1/me/claims/" + claim + "/consent-decisions");
    decisions
        .then()
        .statusCode(200)
        .body("items.verdict", contains("deny", "permit", "permit"))
        .body("items.organisation", contains("birch", "birch", "birch"));
    byte[] rules = ruleFile();
    for (Map<String, String> each : decisions.<List<Map<String, String>>>path("items")) {
      assertEquals(
          new Replay.Matches(),
          Replay.of(rules, bytes(each.get("inputs")), bytes(each.get("document"))));
    }
    assertEquals(
        List.of("consent-v1"),
        Rows.strings(
            "select name from rule_set join anchored_statement using (id) where sha256 = '%s'"
                .formatted(Hash.sha256(rules).toHex())));
  }

  @Test
  void anErasedClaimTakesItsDecisionsWithItAndLeavesTheGrant() throws InterruptedException {
    grant("permit", "HPAYMT");
    read("HPAYMT").then().statusCode(200);
    ErasureTest.erase(claim).then().statusCode(202);
    ErasureTest.await(claim, "DESTROYED");
    assertEquals(
        List.of(),
        Rows.strings("select id from consent_decision where claim_id = '" + claim + "'"));
    read("HPAYMT").then().statusCode(404);
    me(patient).get("/v1/me/grants").then().body("items.revokedAt", contains(nullValue()));
  }

  /// What is weighed costs a row each, shown or not: a page is bounded by both.
  @Test
  void aPageWeighsNoMoreThanItMayShow() {
    String person = "patient-" + UUID.randomUUID();
    String member = "M-" + UUID.randomUUID();
    for (int i = 0; i < 3; i++) {
      MembershipTest.submit(Tokens.alder(), member);
    }
    String id =
        MembershipTest.redeem(person, MembershipTest.invite(Tokens.alder(), member)).path("id");
    grant(person, id, "permit", "COVERAGE");
    String weighed =
        "select d.id from consent_decision d join claim c on c.id = d.claim_id"
            + " join membership m on m.member_index = c.member_index"
            + " where m.subject = '%s' and verdict = '%s'";
    Response first = purpose(as(birch()), "COVERAGE").get("/v1/shared-claims?limit=2");
    first.then().statusCode(200).body("items", hasSize(2));
    assertEquals(2, Rows.strings(weighed.formatted(person, "permit")).size());
    grant(person, id, "deny", "COVERAGE");
    first = purpose(as(birch()), "COVERAGE").get("/v1/shared-claims?limit=2");
    first.then().statusCode(200).body("items", empty()).body("next", notNullValue());
    assertEquals(2, Rows.strings(weighed.formatted(person, "deny")).size());
    purpose(as(birch()), "COVERAGE")
        .get("/v1/shared-claims?limit=2&cursor=" + first.path("next"))
        .then()
        .statusCode(200)
        .body("items", empty())
        .body("next", nullValue());
    assertEquals(3, Rows.strings(weighed.formatted(person, "deny")).size());
  }

  /// The relay has deleted the claim and waits before the end of its transaction.
  @Test
  void aClaimThatIsBeingErasedIsNotThere() throws Exception {
    grant("permit", "HPAYMT");
    try (ExecutorService threads = Executors.newSingleThreadExecutor();
        Connection other = TestPostgres.connect("claims")) {
      other.setAutoCommit(false);
      other.createStatement().execute("lock table tombstone in share row exclusive mode");
      ErasureTest.erase(claim).then().statusCode(202);
      waiting(1);
      Future<Integer> reader = threads.submit(() -> read("HPAYMT").statusCode());
      waiting(2);
      other.rollback();
      assertEquals(404, reader.get());
    }
  }

  private static void waiting(int many) throws InterruptedException {
    ErasureTest.awaitRows(
        "select 1 from pg_stat_activity where wait_event_type = 'Lock' having count(*) >= " + many);
  }

  @ParameterizedTest
  @CsvSource({",", "TREAT,", "hpaymt,", "'HPAYMT, FRAUD',"})
  void aPurposeHasToBeNamed(String purpose, String ignored) {
    var request = as(birch());
    if (purpose != null) {
      request.header("Purpose-Of-Use", purpose);
    }
    request
        .get("/v1/shared-claims/" + claim)
        .then()
        .statusCode(400)
        .body("violations.field", contains("Purpose-Of-Use"));
  }

  static final String GRANT =
      """
      {"membership":"%s","recipient":"birch","type":"%s","purpose":"%s","until":"%s"}
      """;

  private String grant(String type, String purpose) {
    return grant(patient, membership, type, purpose);
  }

  /// Has a patient say something about Birch.
  static String grant(String patient, String membership, String type, String purpose) {
    return me(patient)
        .body(GRANT.formatted(membership, type, purpose, LATER))
        .post("/v1/me/grants")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private Response body(String body) {
    return me(patient).body(body.formatted(membership, LATER)).post("/v1/me/grants");
  }

  private Response read(String purpose) {
    return purpose(as(birch()), purpose).get("/v1/shared-claims/" + claim);
  }

  private static Response shared(String purpose) {
    return purpose(as(birch()), purpose).get("/v1/shared-claims?limit=200");
  }

  private static byte[] ruleFile() throws IOException {
    try (InputStream file = ConsentTest.class.getResourceAsStream("/rules/consent-v1.json")) {
      return file.readAllBytes();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String birch() {
    return Tokens.token("birch", "adjudicator");
  }

  static RequestSpecification me(String patient) {
    return as(Tokens.patient(patient));
  }

  private static RequestSpecification purpose(RequestSpecification request, String purpose) {
    return request.header("Purpose-Of-Use", purpose);
  }

  private static RequestSpecification as(String token) {
    return given().auth().oauth2(token).contentType("application/json");
  }
}
