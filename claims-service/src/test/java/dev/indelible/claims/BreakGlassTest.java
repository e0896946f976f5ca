package dev.indelible.claims;

import static dev.indelible.claims.ErasureTest.as;
import static dev.indelible.claims.ErasureTest.audit;
import static dev.indelible.claims.ErasureTest.awaitIncluded;
import static dev.indelible.claims.ErasureTest.submit;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Reading a claim without being its insurer: for an hour, for a reason, and reviewed by another.
@Tag("hipaa/164.312.a.2.ii")
@Tag("hipaa/164.312.b")
@QuarkusTest
@ServiceUnderTest.SurroundingsWithLedger
class BreakGlassTest {
  private static final String REASON =
      "{\"reason\":\"complaint\",\"explanation\":\"%s\"}".formatted("CANARY rang twice");

  private static final List<String> READS = List.of("", "/receipt", "/disclosure", "/decisions");

  @Inject TestTime time;

  @AfterEach
  void everythingMatches() throws InterruptedException {
    time.nextHour();
    AccessSealingTest.awaitSealed();
    audit().then().body("differences", equalTo(List.of())).body("verdict", equalTo("MATCHES"));
  }

  @Test
  void givesOnePersonOneClaimForOneHour() throws Exception {
    String id = submit(Samples.claim());
    String other = submit(Samples.claim());
    awaitIncluded(id);
    awaitIncluded(other);
    requireClosed(auditor(), id);
    breakGlass(id).then().statusCode(201).body("claim", equalTo(id)).body("id", notNullValue());
    for (String path : READS) {
      as(auditor()).get("/v1/claims/" + id + path).then().statusCode(200);
    }
    as(auditor()).get("/fhir/Claim/" + id).then().statusCode(200);
    requireClosed(auditor(), other);
    requireClosed(Tokens.token("agency", "auditor", "regulator"), id);
    as(auditor()).get("/v1/claims").then().statusCode(403);
    // To read is not to decide, whatever else one may do elsewhere.
    as(Tokens.token("agency", "auditor", "adjudicator"))
        .body("{}")
        .post("/v1/claims/" + id + "/decisions")
        .then()
        .statusCode(404);
    assertEquals(
        List.of("break-glass", "read", "disclose-receipt", "disclose-evidence", "read", "read"),
        Rows.strings(events("action", id)));
    assertEquals(
        List.of("agency auditor HCOMPL break-glass"),
        Rows.strings(
            "select distinct concat_ws(' ', actor_organisation, role, purpose, access_right)"
                + " from access_event where claim_id = '"
                + id
                + "'"));
    assertEquals(
        Rows.strings("select id from break_glass where claim_id = '" + id + "'"),
        Rows.strings("select distinct right_id from access_event where claim_id = '" + id + "'"));
    time.nextHour();
    time.nextHour();
    requireClosed(auditor(), id);
  }

  @Test
  void staysOpenUntilSomebodyElseReviewsIt() {
    String id = submit(Samples.claim());
    String glass = breakGlass(id).path("id");
    as(officer("birch")).get("/v1/break-glass").then().body("items", equalTo(List.of()));
    listed(glass).body("review", nullValue()).body("explanation", equalTo("CANARY rang twice"));
    String review = "/v1/break-glass/" + glass + "/review";
    as(officer("birch")).body("{\"finding\":\"justified\"}").post(review).then().statusCode(404);
    for (String bad : List.of("{}", "{\"finding\":\"fine\"}")) {
      as(officer("alder")).body(bad).post(review).then().statusCode(400);
    }
    as(officer("alder")).body("{\"finding\":\"unjustified\"}").post(review).then().statusCode(201);
    listed(glass).body("review.finding", equalTo("unjustified"));
    as(officer("alder"))
        .body("{\"finding\":\"justified\"}")
        .post(review)
        .then()
        .statusCode(409)
        .body("code", equalTo("reviewed-before"));
  }

  /// What somebody wrote about a patient is read as a claim is read: with an event, or not at all.
  @Test
  void whoReviewsIsRecordedToo() throws Exception {
    String id = submit(Samples.claim());
    String glass = breakGlass(id).path("id");
    breakGlass(id).then().statusCode(201);
    String review = "/v1/break-glass/" + glass + "/review";
    String justified = "{\"finding\":\"justified\"}";
    List<String> bodies =
        AccessTest.withoutEvents(
            () ->
                List.of(
                    as(officer("alder")).get("/v1/break-glass?limit=200"),
                    as(officer("alder")).body(justified).post(review)));
    assertTrue(bodies.stream().noneMatch(body -> body.contains("CANARY")), bodies::toString);
    as(officer("birch")).get("/v1/break-glass").then().body("items", equalTo(List.of()));
    as(officer("birch")).body(justified).post(review).then().statusCode(404);
    as(officer("alder"))
        .header("Purpose-Of-Use", "nosiness")
        .get("/v1/break-glass?limit=200")
        .then()
        .statusCode(400);
    assertEquals(List.of("break-glass", "break-glass"), Rows.strings(events("action", id)));
    listed(glass).body("review", nullValue());
    as(officer("alder")).body(justified).post(review).then().statusCode(201);
    as(officer("alder")).body(justified).post(review).then().statusCode(409);
    String by = " alder privacy-officer privacy-officer HOPERAT own-organisation";
    assertEquals(
        List.of("search" + by, "read" + by),
        Rows.strings(
            """
            select concat_ws(' ', action, actor_organisation, actor, role, purpose, access_right)
            from access_event where claim_id = '%s' and action <> 'break-glass' order by accessed_at
            """
                .formatted(id)));
  }

  private static io.restassured.response.ValidatableResponse listed(String glass) {
    var items = as(officer("alder")).get("/v1/break-glass?limit=200").then().statusCode(200);
    return items.rootPath("items.find { it.id == '" + glass + "' }");
  }

  @Test
  void oneSignInBreaksOneGlass() {
    String id = submit(Samples.claim());
    String other = submit(Samples.claim());
    String once = auditor();
    breakGlass(once, UUID.randomUUID().toString()).then().statusCode(404);
    breakGlass(once, id).then().statusCode(201);
    breakGlass(once, other).then().statusCode(401).body("code", equalTo("authentication-spent"));
    requireClosed(once, other);
    assertEquals(List.of(), Rows.strings(events("action", other)));
  }

  @Test
  void nobodyReviewsTheirOwn() {
    String id = submit(Samples.claim());
    String both = withPasskey("alder", "auditor", "privacy-officer");
    String glass = as(both).body(REASON).post("/v1/claims/" + id + "/break-glass").path("id");
    as(both)
        .body("{\"finding\":\"justified\"}")
        .post("/v1/break-glass/" + glass + "/review")
        .then()
        .statusCode(409)
        .body("code", equalTo("own-glass"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"reason\":\"curiosity\",\"explanation\":\"x\"}",
        "{\"reason\":\"complaint\"}",
        "{\"reason\":\"complaint\",\"explanation\":\" \"}",
        "{\"reason\":\"complaint\",\"explanation\":\"a\\nb\"}",
        "{\"reason\":\"complaint\",\"explanation\":\"x\",\"hours\":24}"
      })
  void withoutAReasonItDoesNotBreak(String body) {
    String id = submit(Samples.claim());
    as(auditor()).body(body).post("/v1/claims/" + id + "/break-glass").then().statusCode(400);
    requireClosed(auditor(), id);
    assertEquals(List.of(), Rows.strings(events("action", id)));
    as(auditor())
        .body(REASON)
        .post("/v1/claims/" + UUID.randomUUID() + "/break-glass")
        .then()
        .statusCode(404);
    as(Tokens.birch())
        .body(REASON)
        .post("/v1/claims/" + id + "/break-glass")
        .then()
        .statusCode(403);
  }

  @Test
  void theExplanationIsInNoLogLineAndGoesWithTheClaim() throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();
    Handler tap =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            lines.add(line.getMessage() + List.of(String.valueOf(line.getParameters())));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger root = Logger.getLogger("");
    root.addHandler(tap);
    String id = submit(Samples.claim());
    try {
      breakGlass(id).then().statusCode(201);
      as(auditor()).get("/v1/claims/" + id).then().statusCode(200);
      ErasureTest.erase(id).then().statusCode(202);
      ErasureTest.await(id, "ERASED");
    } finally {
      root.removeHandler(tap);
    }
    assertTrue(lines.stream().noneMatch(line -> line.contains("CANARY")), lines::toString);
    assertEquals(
        List.of(), Rows.strings("select id from break_glass where claim_id = '" + id + "'"));
    // Who was there is not forgotten.
    assertEquals(List.of("break-glass", "read"), Rows.strings(events("action", id)));
    List<String> history =
        as(officer("alder")).get("/v1/claims/" + id + "/accesses").path("items.action");
    assertEquals(List.of("break-glass", "read"), history);
    assertFalse(
        Rows.strings("select to_jsonb(e)::text from access_event e").stream()
            .anyMatch(row -> row.contains("CANARY")));
  }

  static void breakAndReview(String insurer, String claim) {
    String glass = breakGlass(Tokens.token("agency", "auditor"), claim).path("id");
    as(officer(insurer))
        .body("{\"finding\":\"justified\"}")
        .post("/v1/break-glass/" + glass + "/review")
        .then()
        .statusCode(201);
  }

  private static void requireClosed(String token, String id) {
    Response absent = as(token).get("/v1/claims/" + UUID.randomUUID());
    for (String path : READS) {
      Response answer = as(token).get("/v1/claims/" + id + path);
      assertEquals(404, answer.statusCode(), answer.asString());
      assertEquals(absent.asString(), answer.asString());
    }
  }

  private static String events(String column, String claim) {
    return "select %s from access_event where claim_id = '%s' order by accessed_at"
        .formatted(column, claim);
  }

  private Response breakGlass(String id) {
    return breakGlass(auditor(), id);
  }

  private static Response breakGlass(String token, String id) {
    return as(token).body(REASON).post("/v1/claims/" + id + "/break-glass");
  }

  private String auditor() {
    return withPasskey("agency", "auditor");
  }

  /// A token of somebody who has just shown a passkey, by the clock of the service.
  private String withPasskey(String organisation, String... roles) {
    Map<String, Object> now = Tokens.authenticated("3", Duration.ZERO);
    return Tokens.token("claims-service", List.of(organisation), now, roles);
  }

  private static String officer(String organisation) {
    return Tokens.token(organisation, "privacy-officer");
  }
}
