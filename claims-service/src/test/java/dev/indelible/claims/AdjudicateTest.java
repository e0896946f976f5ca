package dev.indelible.claims;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Decisions over HTTP and in the database.
@QuarkusTest
@ServiceUnderTest.Surroundings
class AdjudicateTest {
  @Test
  void decidesByTheRulesOnce() {
    String claim = submit();
    decide(claim, "{}")
        .then()
        .statusCode(201)
        .body("outcome", equalTo("reduced"))
        .body("number", equalTo(1))
        .body("amounts.billed", equalTo(64000))
        .body("amounts.allowed", equalTo(60000))
        .body("amounts.paid", equalTo(48000))
        .body("amounts.contractual", equalTo(4000))
        .body("amounts.patient", equalTo(12000))
        .body("amounts.denied", equalTo(0))
        .body("lines[0].rule", equalTo("fee"))
        .body("anchor.status", equalTo("PENDING"));
    decide(claim, "{}").then().statusCode(409).body("code", equalTo("already-decided"));
    given()
        .auth()
        .oauth2(Tokens.alder())
        .get("/v1/claims/" + claim)
        .then()
        .body("state", equalTo("reduced"));
    given()
        .auth()
        .oauth2(Tokens.alder())
        .get("/v1/claims/" + claim + "/decisions")
        .then()
        .statusCode(200)
        .body("outcome", equalTo(List.of("reduced")));
  }

  /// A refusal undoes the event that the claim was seen, so there must be nothing to see in it.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'outcome':'paid','reason':'x','lines':[{'sequence':1,'allowedMinor':64001,'paidMinor':1}]}",
        "{'outcome':'paid','reason':'x','lines':[{'sequence':2,'allowedMinor':1,'paidMinor':1}]}"
      })
  void aRefusalTellsNothingOfTheClaim(String request) {
    String claim = submit();
    decide(claim, "{}").then().statusCode(201).body("outcome", equalTo("reduced"));
    String events = "select id from access_event where claim_id = '" + claim + "'";
    int before = Rows.strings(events).size();
    String refusal = decide(claim, request.replace('\'', '"')).asString();
    assertEquals(before, Rows.strings(events).size());
    for (String told : List.of("64000", "reduced", "line 1", "Decision 1")) {
      assertFalse(refusal.contains(told), refusal);
    }
  }

  @Test
  void aDecisionIsAStatementOfItsOwn() {
    String claim = submit();
    String path = "/v1/claims/" + claim + "/decisions/" + decide(claim, "{}").path("id");
    given()
        .auth()
        .oauth2(Tokens.alder())
        .get(path + "/disclosure")
        .then()
        .statusCode(200)
        .body("fields.pointer", hasItem("/lines/0/paidMinor"));
    given()
        .auth()
        .oauth2(Tokens.alder())
        .get(path + "/receipt")
        .then()
        .statusCode(404)
        .body("code", equalTo("no-receipt-yet"));
    given().auth().oauth2(Tokens.birch()).get(path + "/disclosure").then().statusCode(404);
  }

  @Test
  void leavesARepeatedLineToAPerson() {
    String line = "\"lines\":[";
    String claim = Samples.claim().replace("\"modifiers\":[\"NU\"],", "");
    String first =
        claim.substring(claim.indexOf(line) + line.length(), claim.indexOf("],\n \"diag"));
    String twice =
        claim
            .replace(first, first + "," + first.replace("\"sequence\":1", "\"sequence\":2"))
            .replace("\"minor\":64000", "\"minor\":128000");
    decide(submit(twice), "{}").then().statusCode(201).body("rule", equalTo("repeated-line"));
  }

  @Test
  void takesAPersonsDecisionWithItsReason() {
    String claim = submit();
    decide(claim, "{\"outcome\":\"pended\",\"reason\":\"waiting for the prescription\"}")
        .then()
        .statusCode(201);
    decide(
            claim,
            """
            {"outcome":"paid","reason":"prescription seen",
             "lines":[{"sequence":1,"allowedMinor":64000,"paidMinor":64000}]}
            """)
        .then()
        .statusCode(201)
        .body("number", equalTo(2))
        .body("amounts.paid", equalTo(64000));
    decide(claim, "{\"outcome\":\"denied\",\"reason\":\"fraud found\"}")
        .then()
        .statusCode(201)
        .body("amounts.denied", equalTo(64000));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"outcome\":\"paid\"}|/reason",
        "{\"outcome\":\"paid\",\"reason\":\" \"}|/reason",
        "{\"reason\":\"because\"}|/outcome",
        "{\"outcome\":\"approved\",\"reason\":\"r\"}|/outcome",
        "{\"outcome\":\"paid\",\"reason\":\"the rules reduce it\"}|/outcome",
        "{\"outcome\":\"reduced\",\"reason\":\"r\",\"lines\":[{\"sequence\":2,\"allowedMinor\":1,\"paidMinor\":1}]}|/lines/0/sequence",
        "{\"outcome\":\"reduced\",\"reason\":\"r\",\"lines\":[{\"sequence\":1,\"allowedMinor\":1,\"paidMinor\":2}]}|/lines/0",
        "{\"outcome\":\"reduced\",\"reason\":\"r\",\"lines\":[{\"sequence\":1,\"allowedMinor\":1}]}|/lines/0/paidMinor",
        "{\"verdict\":\"paid\"}|/verdict",
      })
  void namesWhatIsWrongAndDecidesNothing(String body, String pointer) {
    String claim = submit();
    var before = Rows.counts();
    decide(claim, body)
        .then()
        .log()
        .ifValidationFails()
        .statusCode(400)
        .body("violations.field", hasItem(pointer));
    assertEquals(before, Rows.counts());
  }

  @Test
  void theDatabaseRefusesAmountsThatDoNotAddUp() {
    String claim = submit();
    decide(claim, "{}").then().statusCode(201);
    for (String table : List.of("decision", "decision_line")) {
      assertThrows(
          SQLException.class,
          () -> Rows.update("update " + table + " set paid_minor = paid_minor + 1"));
    }
  }

  @Test
  void anchorsTheRuleFileOnce() {
    assertEquals(
        List.of("1"),
        Rows.strings(
            "select count(*) from rule_set join anchored_statement using (id) where name = 'adjudication-v1'"));
  }

  private static String submit() {
    return submit(Samples.claim());
  }

  private static String submit(String claim) {
    return given()
        .auth()
        .oauth2(Tokens.alder())
        .contentType("application/json")
        .body(claim)
        .post("/v1/claims")
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  private static Response decide(String claim, String body) {
    return given()
        .auth()
        .oauth2(Tokens.alderAdjudicator())
        .contentType("application/json")
        .body(body)
        .post("/v1/claims/" + claim + "/decisions");
  }
}
