package dev.indelible.claims;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.anchoring.AnchorMatched;
import dev.indelible.anchoring.Match;
import dev.indelible.anchoring.scope.RowScope;
import dev.indelible.claims.ServiceUnderTest.Surroundings;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Holds, erasures and overridden alerts are for people who have shown a passkey a moment ago.
@Tag("asvs-5.0/10.3.4")
@Tag("part11/11.200")
@QuarkusTest
@Surroundings
class GraveActsTest {
  private static final String HOLD = "{\"reason\":\"litigation\"}";
  private static final String ERASE = "{\"basis\":\"gdpr-17-1-a\"}";
  private static final String OVERRIDE =
      "{\"outcome\":\"denied\",\"reason\":\"seen both\",\"overrideAlert\":true}";

  /// What the tokens of everybody else say: a machine's, a password's, a passkey's of this morning,
  /// one of five minutes and a bit, and a level that the realm does not have.
  private static final List<Map<String, Object>> TOO_WEAK =
      List.of(
          Map.of(),
          Tokens.authenticated("1", Duration.ZERO),
          Tokens.authenticated("2", Duration.ZERO),
          Tokens.authenticated("3", Duration.ofSeconds(302)),
          Tokens.authenticated("33", Duration.ZERO),
          Map.of("acr", "3"));

  @Inject Event<AnchorMatched> ledger;

  @Test
  void aHoldIsPlacedAndReleasedByAPersonWithAPasskey() {
    String path = "/v1/claims/" + submitted("G-HOLD") + "/hold";
    everybodyElseIsAsked("agency", "auditor", as -> as.body(HOLD).put(path));
    fresh("agency", "auditor").body(HOLD).put(path).then().statusCode(200);
    everybodyElseIsAsked("agency", "auditor", as -> as.body(HOLD).delete(path));
    fresh("agency", "auditor").body(HOLD).delete(path).then().statusCode(204);
  }

  @Test
  void anErasureIsAskedForByAPersonWithAPasskey() {
    String id = submitted("G-ERASE");
    String path = "/v1/claims/" + id + "/erasure";
    everybodyElseIsAsked("elm", "claim-submitter", as -> as.body(ERASE).post(path));
    fresh("elm", "claim-submitter").get(path).then().statusCode(404);
    fresh("elm", "claim-submitter").body(ERASE).post(path).then().statusCode(202);
  }

  @Test
  void onlyADecisionThatOverridesAnAlertNeedsAPasskey() {
    String id = submitted("G-OVERRIDE");
    String path = "/v1/claims/" + id + "/decisions";
    // The same for less is another claim, and may be a duplicate.
    matched(id, submit(Samples.claim("G-CHEAPER", "M-G-OVERRIDE").replace("64000", "63900")));
    everybodyElseIsAsked("elm", "adjudicator", as -> as.body(OVERRIDE).post(path));
    String pended = "{\"outcome\":\"pended\",\"reason\":\"to be read\"}";
    as("elm", "adjudicator", Tokens.authenticated("1", Duration.ZERO))
        .body(pended)
        .post(path)
        .then()
        .statusCode(201)
        .body("alertOverridden", equalTo(false));
    fresh("elm", "adjudicator")
        .body(OVERRIDE)
        .post(path)
        .then()
        .statusCode(201)
        .body("alertOverridden", equalTo(true));
  }

  private interface Call {
    Response by(RequestSpecification caller);
  }

  private static void everybodyElseIsAsked(String organisation, String role, Call call) {
    Map<String, Long> before = Rows.counts();
    for (Map<String, Object> authentication : TOO_WEAK) {
      call.by(as(organisation, role, authentication))
          .then()
          .statusCode(401)
          .contentType("application/problem+json")
          .body("code", equalTo("insufficient-user-authentication"))
          .header(
              "WWW-Authenticate",
              "Bearer error=\"insufficient_user_authentication\", acr_values=\"3\", max_age=\"300\"");
    }
    assertEquals(before, Rows.counts());
  }

  private static RequestSpecification fresh(String organisation, String role) {
    return as(organisation, role, Tokens.authenticated("3", Duration.ZERO));
  }

  private static RequestSpecification as(
      String organisation, String role, Map<String, Object> authentication) {
    String token = Tokens.token("claims-service", List.of(organisation), authentication, role);
    return given().auth().oauth2(token).contentType("application/json");
  }

  private static String submitted(String number) {
    return submit(Samples.claim(number, "M-" + number));
  }

  private static String submit(String claim) {
    return fresh("elm", "claim-submitter")
        .body(claim)
        .post("/v1/claims")
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  /// Says what the relay says when the ledger's answer names a match.
  private void matched(String claim, String other) {
    String record = fresh("elm", "claim-submitter").get("/v1/claims/" + other).path("record");
    Match match = new Match("service-day-member", 0, UUID.fromString(record));
    boolean said =
        RowScope.all(
            () ->
                QuarkusTransaction.requiringNew()
                    .call(
                        () -> {
                          ledger.fire(new AnchorMatched(UUID.fromString(claim), List.of(match)));
                          return true;
                        }));
    assertTrue(said);
  }
}
