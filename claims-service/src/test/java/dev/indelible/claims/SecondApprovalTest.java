package dev.indelible.claims;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.indelible.claims.adjudication.NamesOfTheTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What pays more than the rules leave to one person takes effect when another one approves.
@QuarkusTest
@ServiceUnderTest.Surroundings
@Tag("asvs-5.0/2.3.5")
class SecondApprovalTest {
  /// Of `adjudication-v1.json`.
  private static final long LIMIT = 5_000_000;

  private static final String FIRST = Tokens.token("alder", "adjudicator");

  @Inject NamesOfTheTest names;

  @Test
  void takesEffectWhenAnotherPersonApproves() {
    String claim = submit(LIMIT + 1);
    String proposal = propose(claim, LIMIT + 1);
    assertEquals("proposed", state(claim));

    post(second(), claim, approve(proposal))
        .then()
        .statusCode(201)
        .body("outcome", equalTo("paid"))
        .body("rule", equalTo("second-approval"))
        .body("reason", equalTo("seen"))
        .body("approves", equalTo(proposal))
        .body("signature.printedName", equalTo("Signer adjudicator-claim-submitter"))
        .body("signature.meaning", equalTo("approved"))
        .body("number", equalTo(2))
        .body("amounts.paid", equalTo((int) LIMIT + 1))
        .body("lines[0].amounts.paid", equalTo((int) LIMIT + 1));
    assertEquals("paid", state(claim));
    assertEquals(
        List.of("adjudicator", "adjudicator-claim-submitter"),
        given()
            .auth()
            .oauth2(FIRST)
            .get("/v1/claims/" + claim + "/decisions")
            .jsonPath()
            .getList("decidedBy"));
  }

  @Test
  void whatIsNotMoreTakesEffectAtOnce() {
    String claim = submit(LIMIT);
    post(FIRST, claim, pay(LIMIT)).then().statusCode(201).body("outcome", equalTo("paid"));
    assertEquals("paid", state(claim));
  }

  @Test
  void theSamePersonDoesNotApprove() {
    String claim = submit(LIMIT + 1);
    String proposal = propose(claim, LIMIT + 1);
    refused(claim, FIRST, approve(proposal), 403, "second-person-needed");
  }

  /// Whoever proposes again has to find somebody again.
  @Test
  void proposingTwiceIsNoApproval() {
    String claim = submit(LIMIT + 1);
    String older = propose(claim, LIMIT + 1);
    String newer = propose(claim, LIMIT + 1);
    refused(claim, second(), approve(older), 409, "not-proposed");
    refused(claim, FIRST, approve(newer), 403, "second-person-needed");
    post(second(), claim, approve(newer)).then().statusCode(201);
  }

  @Test
  @Tag("part11/11.200")
  void oneSignInSignsOneApproval() {
    String claim = submit(LIMIT + 1);
    String other = submit(LIMIT + 1);
    String proposal = propose(claim, LIMIT + 1);
    String othersProposal = propose(other, LIMIT + 1);
    String once = second();
    refused(claim, once, approve(othersProposal), 409, "not-proposed");
    post(once, claim, approve(proposal)).then().statusCode(201);
    refused(other, once, approve(othersProposal), 401, "authentication-spent");
    assertEquals("proposed", state(other));
    post(second(), other, approve(othersProposal)).then().statusCode(201);
  }

  /// The second person may also decide otherwise; then there is nothing left to approve.
  @Test
  void aProposalThatWasDecidedOtherwiseIsOver() {
    String claim = submit(LIMIT + 1);
    String proposal = propose(claim, LIMIT + 1);
    post(second(), claim, "{\"outcome\":\"denied\",\"reason\":\"not covered\"}")
        .then()
        .statusCode(201);
    refused(claim, second(), approve(proposal), 409, "not-proposed");
    assertEquals("denied", state(claim));
  }

  @Test
  void anApprovalIsGoodForOneProposalOnce() {
    String claim = submit(LIMIT + 1);
    String proposal = propose(claim, LIMIT + 1);
    String other = submit(LIMIT + 1);
    String othersProposal = propose(other, LIMIT + 1);
    refused(claim, second(), approve(othersProposal), 409, "not-proposed");
    post(second(), claim, approve(proposal)).then().statusCode(201);
    refused(claim, second(), approve(proposal), 409, "not-proposed");
    String effective = given().auth().oauth2(FIRST).get(decisions(claim)).path("[1].id");
    refused(claim, second(), approve(effective), 409, "not-proposed");
  }

  @Test
  void anotherOrganisationSeesNoClaim() {
    String claim = submit(LIMIT + 1);
    String proposal = propose(claim, LIMIT + 1);
    String birch = Tokens.token("birch", "adjudicator", "claim-submitter");
    refused(claim, birch, approve(proposal), 404, "not-found");
    refused(claim, Tokens.alder(), approve(proposal), 403, "forbidden");
  }

  @Test
  void theSecondPersonShowsAPasskeyNow() {
    String claim = submit(LIMIT + 1);
    String proposal = propose(claim, LIMIT + 1);
    String code = "insufficient-user-authentication";
    refused(claim, second("1", Duration.ZERO), approve(proposal), 401, code);
    refused(claim, second("3", Duration.ofMinutes(10)), approve(proposal), 401, code);
    assertEquals("proposed", state(claim));
  }

  /// A signature that cannot say whose it is is none.
  @Test
  void whoCannotBeNamedDoesNotApprove() {
    String claim = submit(LIMIT + 1);
    String proposal = propose(claim, LIMIT + 1);
    String once = second();
    names.silent(true);
    try {
      refused(claim, once, approve(proposal), 503, "unavailable");
    } finally {
      names.silent(false);
    }
    assertEquals("proposed", state(claim));
    post(once, claim, approve(proposal)).then().statusCode(201);
  }

  /// It would be signed and anchored anew as what nobody wrote.
  @Test
  void whatCannotBeReadIsNotApproved() throws SQLException {
    String claim = submit(LIMIT + 1);
    String proposal = propose(claim, LIMIT + 1);
    String flip =
        "update decision set reason = set_bit(reason, 101, 1 - get_bit(reason, 101)) where id = '%s'"
            .formatted(proposal);
    assertEquals(1, Rows.update(flip));
    refused(claim, second(), approve(proposal), 500, "internal-error");
    assertEquals(1, Rows.update(flip));
    post(second(), claim, approve(proposal)).then().statusCode(201);
  }

  /// What the insurer reads is the name; what lies in the database says it to nobody.
  @Test
  void theNameIsEncryptedWhereItLies() {
    String claim = submit(LIMIT + 1);
    post(second(), claim, approve(propose(claim, LIMIT + 1))).then().statusCode(201);
    String row =
        Rows.strings(
                "select d::text from decision d where approves is not null and claim_id = '%s'"
                    .formatted(claim))
            .getFirst();
    String name = NamesOfTheTest.of("adjudicator-claim-submitter");
    assertFalse(row.contains(name), row);
    assertFalse(row.contains(HexFormat.of().formatHex(name.getBytes(StandardCharsets.UTF_8))), row);
    assertEquals(
        name, given().auth().oauth2(FIRST).get(decisions(claim)).path("[1].signature.printedName"));
  }

  /// The subject of these tokens is their roles: another person, who signs in anew each time.
  private static String second() {
    return second("3", Duration.ZERO);
  }

  private static String second(String level, Duration ago) {
    return Tokens.token(
        "claims-service",
        List.of("alder"),
        Tokens.authenticated(level, ago),
        "adjudicator",
        "claim-submitter");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"approve\":\"%s\",\"outcome\":\"paid\"}",
        "{\"approve\":\"%s\",\"reason\":\"yes\"}",
        "{\"approve\":\"%s\",\"overrideAlert\":true}",
        "{\"approve\":\"%s\",\"lines\":[{\"sequence\":1,\"allowedMinor\":1,\"paidMinor\":1}]}",
        "{\"approve\":\"no-%s\"}",
        "{\"approve\":true}"
      })
  void anApprovalSaysNothingElse(String body) {
    String claim = submit(LIMIT + 1);
    String proposal = propose(claim, LIMIT + 1);
    refused(claim, second(), body.formatted(proposal), 400, "invalid-body");
  }

  private static void refused(String claim, String token, String body, int status, String code) {
    var before = Rows.counts();
    post(token, claim, body).then().statusCode(status).body("code", equalTo(code));
    assertEquals(before, Rows.counts());
  }

  private static String propose(String claim, long minor) {
    return post(FIRST, claim, pay(minor))
        .then()
        .statusCode(201)
        .body("outcome", equalTo("proposed"))
        .body("amounts.paid", equalTo((int) minor))
        .extract()
        .path("id");
  }

  private static String pay(long minor) {
    return """
        {"outcome":"paid","reason":"seen",
         "lines":[{"sequence":1,"allowedMinor":%1$d,"paidMinor":%1$d}]}
        """
        .formatted(minor);
  }

  private static String approve(String proposal) {
    return "{\"approve\":\"" + proposal + "\"}";
  }

  private static String state(String claim) {
    return given().auth().oauth2(FIRST).get("/v1/claims/" + claim).path("state");
  }

  private static String decisions(String claim) {
    return "/v1/claims/" + claim + "/decisions";
  }

  private static Response post(String token, String claim, String body) {
    return given()
        .auth()
        .oauth2(token)
        .contentType("application/json")
        .body(body)
        .post(decisions(claim));
  }

  private static String submit(long minor) {
    return given()
        .auth()
        .oauth2(Tokens.alder())
        .contentType("application/json")
        .body(Samples.claim().replace("64000", Long.toString(minor)))
        .post("/v1/claims")
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }
}
