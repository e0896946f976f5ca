package dev.indelible.claims;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.indelible.anchoring.AnchorMatched;
import dev.indelible.anchoring.Match;
import dev.indelible.anchoring.scope.RowScope;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What two insurers learn when the ledger says that their claims match.
@QuarkusTest
@ServiceUnderTest.Surroundings
class MatchAlertTest {
  @Inject Event<AnchorMatched> ledger;

  @Test
  void tellsBothInsurersTheMatchingFieldsAndNothingElse() {
    String alder = submit("alder", Samples.claim("ALDER-SECRET", "M-BOTH"));
    String birch = submit("birch", Samples.claim("BIRCH-SECRET", "M-BOTH"));
    matched("birch", birch, "alder", alder);
    // The relay may say it again.
    matched("birch", birch, "alder", alder);
    for (String[] side : new String[][] {{"alder", alder, birch}, {"birch", birch, alder}}) {
      var alerts = as(side[0], "claim-submitter").get("/v1/match-alerts?limit=200");
      alerts
          .then()
          .statusCode(200)
          .body("items.size()", equalTo(1))
          .body("items[0].keySet().sort()", equalTo(FIELDS))
          .body("items[0].claim", equalTo(side[1]))
          .body("items[0].kind", equalTo("other-insurer"))
          .body("items[0].code", equalTo("E0601"))
          .body("items[0].serviceDay", equalTo("2026-03-14"));
      String other = side[0].equals("alder") ? "birch" : "alder";
      alerts.then().body(not(containsString(other)), not(containsString(side[2])));
      as(side[0], "claim-submitter")
          .get("/v1/claims/" + side[1])
          .then()
          .body("state", equalTo("held"))
          .body("alerts", equalTo(1));
    }
    as("cedar", "claim-submitter").get("/v1/match-alerts").then().body("items", equalTo(List.of()));
  }

  private static final List<String> FIELDS =
      List.of("claim", "code", "codeSystem", "foundAt", "id", "kind", "serviceDay");

  @Test
  @Tag("asvs-5.0/2.3.5")
  void holdsPossibleDuplicatesUntilTwoPeopleOverrideWithAReason() {
    String claim = Samples.claim("P-1", "M-POSSIBLE");
    String first = submit("dogwood", claim);
    String second = submit("dogwood", claim.replace("inor\":64000", "inor\":63900"));
    matched("dogwood", second, "dogwood", first);
    as("dogwood", "adjudicator")
        .get("/v1/match-alerts")
        .then()
        .body("items.size()", equalTo(2))
        .body("items[0].kind", equalTo("possible-duplicate"));
    decide("dogwood", second, Map.of())
        .then()
        .statusCode(201)
        .body("outcome", equalTo("pended"))
        .body("rule", equalTo("possible-duplicate"));
    decide("dogwood", second, Map.of("outcome", "reduced", "reason", "twin rental"))
        .then()
        .statusCode(409)
        .body("code", equalTo("held-by-alert"));
    decide("dogwood", second, Map.of("outcome", "reduced", "overrideAlert", true))
        .then()
        .statusCode(400);
    Response proposed =
        decide(
            "dogwood",
            second,
            Map.of("outcome", "reduced", "reason", "second device", "overrideAlert", true));
    proposed
        .then()
        .statusCode(201)
        .body("outcome", equalTo("proposed"))
        .body("alertOverridden", equalTo(true))
        .body("signature.printedName", equalTo("Signer adjudicator"))
        .body("signature.meaning", equalTo("overridden"));
    assertEquals("proposed", state("dogwood", second));
    approve("dogwood", second, proposed.path("id"))
        .then()
        .statusCode(201)
        .body("outcome", equalTo("reduced"))
        .body("alertOverridden", equalTo(true));
    assertEquals("reduced", state("dogwood", second));
    assertEquals(
        List.of("3"),
        Rows.strings("select count(*) from decision where claim_id = '" + second + "'"));
  }

  /// Nobody who proposed or approves has seen it.
  @Test
  @Tag("asvs-5.0/2.3.5")
  void anAlertThatCameAfterAProposalHoldsItsApproval() {
    String claim = Samples.claim("L-1", "M-LATE").replace("64000", "9000000");
    String first = submit("fir", claim);
    Response proposed =
        decide(
            "fir",
            first,
            Map.of(
                "outcome", "paid",
                "reason", "seen",
                "lines",
                    List.of(Map.of("sequence", 1, "allowedMinor", 9000000, "paidMinor", 9000000))));
    proposed.then().statusCode(201).body("outcome", equalTo("proposed"));
    matched("fir", submit("fir", claim.replace("9000000", "8999999")), "fir", first);
    approve("fir", first, proposed.path("id"))
        .then()
        .statusCode(409)
        .body("code", equalTo("held-by-alert"));
    assertEquals("proposed", state("fir", first));
  }

  private static String state(String organisation, String claim) {
    return as(organisation, "adjudicator").get("/v1/claims/" + claim).path("state");
  }

  /// By another person.
  private static Response approve(String organisation, String claim, String proposal) {
    return given()
        .auth()
        .oauth2(Tokens.token(organisation, "adjudicator", "claim-submitter"))
        .contentType("application/json")
        .body(Map.of("approve", proposal))
        .post("/v1/claims/" + claim + "/decisions");
  }

  private static Response decide(String organisation, String claim, Map<String, ?> body) {
    return as(organisation, "adjudicator").body(body).post("/v1/claims/" + claim + "/decisions");
  }

  /// Says what the relay says when the ledger's answer names a match.
  private void matched(String organisation, String claim, String otherOrganisation, String other) {
    String record =
        as(otherOrganisation, "claim-submitter").get("/v1/claims/" + other).path("record");
    Match match = new Match("service-day-member", 0, UUID.fromString(record));
    Runnable said = () -> ledger.fire(new AnchorMatched(UUID.fromString(claim), List.of(match)));
    var ignored =
        RowScope.all(() -> QuarkusTransaction.requiringNew().call(Executors.callable(said)));
  }

  private static String submit(String organisation, String claim) {
    return as(organisation, "claim-submitter")
        .body(claim)
        .post("/v1/claims")
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  private static RequestSpecification as(String organisation, String role) {
    return given().auth().oauth2(Tokens.token(organisation, role)).contentType("application/json");
  }
}
