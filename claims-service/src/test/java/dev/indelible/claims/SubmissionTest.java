package dev.indelible.claims;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Taking claims in, and who may see them.
@QuarkusTest
@ServiceUnderTest.Surroundings
@Tag("asvs-5.0/5.2.1")
class SubmissionTest {
  @Test
  void acceptsAClaimAsPending() {
    Response answer = as(Tokens.alder()).body(Samples.claim()).post("/v1/claims");
    String id = answer.path("id");
    answer
        .then()
        .statusCode(202)
        .header("Location", endsWith("/v1/claims/" + id))
        .body("anchor.status", equalTo("PENDING"));
    as(Tokens.alder())
        .get("/v1/claims/" + id)
        .then()
        .statusCode(200)
        .body("state", equalTo("submitted"))
        .body("alerts", equalTo(0))
        .body("claim.lines[0].netMinor", equalTo(64000));
    as(Tokens.alder())
        .get("/v1/claims/" + id + "/receipt")
        .then()
        .statusCode(404)
        .body("code", equalTo("no-receipt-yet"));
    as(Tokens.alder())
        .get("/v1/claims/" + id + "/disclosure")
        .then()
        .statusCode(200)
        .body("format", equalTo("indelible/disclosure/v1"))
        .body("fields.pointer", hasItem("/lines/0/netMinor"));
  }

  @Test
  void acceptsFhir() {
    Response created = as(Tokens.alder()).body(Samples.fhirClaim()).post("/fhir/Claim");
    String id = created.path("id");
    created.then().statusCode(201).header("Location", endsWith("/fhir/Claim/" + id));
    as(Tokens.alder())
        .get("/fhir/Claim/" + id)
        .then()
        .statusCode(200)
        .body("item[0].net.value", equalTo(640.0f));
    String bundle =
        "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"resource\":%s}]}"
            .formatted(Samples.fhirClaim());
    for (String body : List.of(Samples.fhirClaim(), bundle)) {
      as(Tokens.alder())
          .body(body)
          .post("/fhir/Claim/$submit")
          .then()
          .statusCode(200)
          .body("resourceType", equalTo("ClaimResponse"))
          .body("outcome", equalTo("queued"));
    }
    as(Tokens.alder())
        .urlEncodingEnabled(false)
        .body(Samples.fhirClaim())
        .post("/fhir/Claim/$submit")
        .then()
        .statusCode(200);
    given().get("/fhir/metadata").then().statusCode(200).body("fhirVersion", equalTo("4.0.1"));
  }

  @Test
  void linksADuplicateToItsOriginalInBothForms() {
    String id =
        as(Tokens.alder()).body(Samples.claim("A-1", "M-DUP")).post("/v1/claims").path("id");
    as(Tokens.alder())
        .body(Samples.claim("A-2", "M-DUP"))
        .post("/v1/claims")
        .then()
        .statusCode(409)
        .body("code", equalTo("duplicate-claim"))
        .body("duplicateOf", equalTo(Map.of("id", id, "href", "/v1/claims/" + id)));
    // Another insurer's identical claim is no duplicate; whether it matches, the ledger says.
    as(Tokens.birch())
        .body(Samples.claim("B-1", "M-DUP"))
        .post("/v1/claims")
        .then()
        .statusCode(202);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"modifiers\":[\"NU\"]>\"modifiers\":[\"RR\"]",
        "\"prescription\":\"RX-1\">\"prescription\":\"RX-2\"",
        "\"place\":\"12\">\"place\":\"11\"",
        "\"quantity\":\"1\">\"quantity\":\"2\"",
        "\"serviced\":{\"from\":\"2026-03-14\"}>\"serviced\":{\"from\":\"2026-03-15\"}",
        "\"netMinor\":64000>\"netMinor\":63999",
        "\"value\":\"1234567893\">\"value\":\"1987654321\"",
        "\"value\":\"%s\">\"value\":\"%s-2\""
      })
  void aDifferenceThatCountsIsNoDuplicate(String change) {
    String member = "M-" + UUID.randomUUID().toString().substring(0, 8) + "x";
    String claim = Samples.claim("D-1", member);
    String[] parts = change.formatted(member, member).split(">");
    String other = claim.replace(parts[0], parts[1]);
    assertEquals(false, other.equals(claim));
    as(Tokens.alder()).body(claim).post("/v1/claims").then().statusCode(202);
    as(Tokens.alder()).body(other).post("/v1/claims").then().statusCode(202);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"claimNumber\":\"D-1\">\"claimNumber\":\"D-2\"",
        "\"quantity\":\"1\">\"quantity\":\"1.0\"",
        "https://www.cms.gov/Medicare>http://www.cms.gov/Medicare",
        "\"code\":\"E0601\">\"code\":\"e0601\"",
        "\"system\":\"http://members.example/person\">\"system\":\"http://members.example/person/\""
      })
  void aDifferenceInSpellingIsADuplicate(String change) {
    String member = "M-" + UUID.randomUUID().toString().substring(0, 8) + "y";
    String claim = Samples.claim("D-1", member);
    String[] parts = change.split(">");
    String other = claim.replace(parts[0], parts[1]);
    assertEquals(false, other.equals(claim));
    as(Tokens.alder()).body(claim).post("/v1/claims").then().statusCode(202);
    as(Tokens.alder()).body(other).post("/v1/claims").then().statusCode(409);
  }

  @Test
  void repeatsItsFirstAnswerToARepeatedRequest() {
    String body = Samples.claim();
    Response first = keyed("k-1").body(body).post("/v1/claims");
    first.then().statusCode(202).header("Idempotent-Replayed", nullValue());
    Response second = keyed("k-1").body(body).post("/v1/claims");
    second.then().statusCode(202).header("Idempotent-Replayed", equalTo("true"));
    assertEquals(first.asString(), second.asString());
    assertEquals(first.header("Location"), second.header("Location"));
    keyed("k-1")
        .body(Samples.claim())
        .post("/v1/claims")
        .then()
        .statusCode(422)
        .body("code", equalTo("idempotency-key-reused"));
    // The key is the organisation's own.
    as(Tokens.birch())
        .header("Idempotency-Key", "k-1")
        .body(Samples.claim())
        .post("/v1/claims")
        .then()
        .statusCode(202);
    keyed("not a key").body(Samples.claim()).post("/v1/claims").then().statusCode(400);
  }

  @Test
  void aRefusedRequestDoesNotKeepItsKey() {
    keyed("k-2").body("{}").post("/v1/claims").then().statusCode(400);
    keyed("k-2").body(Samples.claim()).post("/v1/claims").then().statusCode(202);
  }

  @Test
  void anotherOrganisationsClaimDoesNotExist() {
    String id = as(Tokens.alder()).body(Samples.claim()).post("/v1/claims").path("id");
    for (String path : List.of("", "/receipt", "/disclosure", "/decisions")) {
      Response foreign = as(Tokens.birch()).get("/v1/claims/" + id + path);
      Response absent = as(Tokens.birch()).get("/v1/claims/" + UUID.randomUUID() + path);
      foreign.then().statusCode(404);
      assertEquals(absent.asString(), foreign.asString());
    }
    as(Tokens.birch()).get("/fhir/Claim/" + id).then().statusCode(404);
    as(Tokens.token("birch", "adjudicator"))
        .body("{}")
        .post("/v1/claims/" + id + "/decisions")
        .then()
        .statusCode(404);
    as(Tokens.birch()).get("/v1/claims?limit=200").then().body("items.id", not(hasItem(id)));
  }

  @Test
  void everyEndpointAsksForItsRole() {
    for (String path :
        List.of("/v1/claims", "/v1/match-alerts", "/v1/claims/" + UUID.randomUUID())) {
      given().get(path).then().statusCode(401);
      as("no.real.token").get(path).then().statusCode(401);
      as(Tokens.token("alder", "sponsor")).get(path).then().statusCode(403);
      as(Tokens.token("trials-service", List.of("alder"), "claim-submitter"))
          .get(path)
          .then()
          .statusCode(401);
    }
    given()
        .body(Samples.claim())
        .contentType("application/json")
        .post("/v1/claims")
        .then()
        .statusCode(401);
    as(Tokens.alderAdjudicator()).body(Samples.claim()).post("/v1/claims").then().statusCode(403);
    as(Tokens.alderAdjudicator())
        .body(Samples.fhirClaim())
        .post("/fhir/Claim")
        .then()
        .statusCode(403)
        .body("resourceType", equalTo("OperationOutcome"));
    as(Tokens.alder())
        .body("{}")
        .post("/v1/claims/" + UUID.randomUUID() + "/decisions")
        .then()
        .statusCode(403);
    for (List<String> organisations : List.of(List.<String>of(), List.of("alder", "birch"))) {
      as(Tokens.token("claims-service", organisations, "claim-submitter"))
          .body(Samples.claim())
          .post("/v1/claims")
          .then()
          .statusCode(403)
          .body("code", equalTo("no-organisation"));
    }
  }

  @Test
  void pagesThroughAllClaimsOnce() {
    for (int i = 0; i < 5; i++) {
      as(Tokens.token("cedar", "claim-submitter")).body(Samples.claim()).post("/v1/claims");
    }
    String cursor = "";
    int seen = 0;
    do {
      Response page =
          as(Tokens.token("cedar", "claim-submitter")).get("/v1/claims?limit=2" + cursor);
      seen += page.<List<?>>path("items").size();
      String next = page.path("next");
      cursor = next == null ? null : "&cursor=" + next;
    } while (cursor != null);
    assertEquals(5, seen);
    as(Tokens.alder()).get("/v1/claims?cursor=x").then().statusCode(400);
    as(Tokens.alder()).get("/v1/claims?limit=0").then().statusCode(400);
  }

  @Test
  void refusesABodyOverTheLimit() {
    String body = Samples.claim().replace("CLM-", "C".repeat(1_100_000));
    as(Tokens.alder()).body(body).post("/v1/claims").then().statusCode(413);
  }

  private static RequestSpecification as(String token) {
    return given().auth().oauth2(token).contentType("application/json");
  }

  private static RequestSpecification keyed(String key) {
    return as(Tokens.alder()).header("Idempotency-Key", key);
  }
}
