package dev.indelible.claims;

import static dev.indelible.claims.ErasureTest.as;
import static dev.indelible.claims.ErasureTest.audit;
import static dev.indelible.claims.ErasureTest.awaitIncluded;
import static dev.indelible.claims.ErasureTest.awaitRows;
import static dev.indelible.claims.ErasureTest.submit;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.AuditEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whoever is given something of a claim leaves an event, and nobody without one.
@Tag("hipaa/164.312.b")
@Tag("part11/11.10.e")
@QuarkusTest
@ServiceUnderTest.SurroundingsWithLedger
class AccessTest {
  @AfterEach
  void everythingMatches() {
    audit().then().body("differences", equalTo(List.of())).body("verdict", equalTo("MATCHES"));
  }

  @Test
  void everyReadIsAnEvent() throws Exception {
    String id = submit(Samples.claim());
    awaitIncluded(id);
    as(Tokens.alderAdjudicator())
        .body("{}")
        .post("/v1/claims/" + id + "/decisions")
        .then()
        .statusCode(201);
    String decision =
        Rows.strings("select id from decision where claim_id = '" + id + "'").getFirst();
    awaitIncluded(decision);
    for (String path :
        List.of(
            "/v1/claims/" + id,
            "/fhir/Claim/" + id,
            "/v1/claims/" + id + "/receipt",
            "/v1/claims/" + id + "/disclosure",
            "/v1/claims/" + id + "/decisions",
            "/v1/claims/" + id + "/decisions/" + decision + "/receipt",
            "/v1/claims/" + id + "/decisions/" + decision + "/disclosure")) {
      as(Tokens.alder()).get(path).then().statusCode(200);
    }
    as(Tokens.alder())
        .accept("text/plain")
        .get("/v1/claims/" + id + "/receipt")
        .then()
        .statusCode(200);
    String by = " alder claim-submitter claim-submitter HOPERAT own-organisation";
    assertEquals(
        List.of(
            "decide alder adjudicator adjudicator HPAYMT own-organisation",
            "read" + by,
            "read" + by,
            "disclose-receipt" + by,
            "disclose-evidence" + by,
            "read" + by,
            "disclose-receipt" + by,
            "disclose-evidence" + by,
            "disclose-receipt" + by),
        Rows.strings(
            """
            select concat_ws(' ', action, actor_organisation, actor, role, purpose, access_right)
            from access_event where organisation = 'alder' and claim_id = '%s' order by accessed_at
            """
                .formatted(id)));
  }

  @Test
  void aListIsAnEventForEachClaimItShows() {
    String first = submit(Samples.claim());
    String second = submit(Samples.claim());
    long before = events();
    int shown = as(Tokens.alder()).get("/v1/claims?limit=200").<List<?>>path("items").size();
    assertEquals(shown, events() - before);
    for (String id : List.of(first, second)) {
      assertEquals(List.of("search"), actions(id));
    }
    as(Tokens.token("cedar", "claim-submitter")).get("/v1/claims").then().statusCode(200);
    assertEquals(shown, events() - before);
  }

  @Test
  void anAlertTellsOfTheOwnClaim() throws Exception {
    String mine = submit(Samples.claim("CLM-SEEN-1", "M-SEEN"));
    awaitIncluded(mine);
    as(Tokens.birch()).body(Samples.claim("CLM-SEEN-2", "M-SEEN")).post("/v1/claims");
    awaitRows("select id from match_alert where claim_id = '" + mine + "'");
    as(Tokens.alder()).get("/v1/match-alerts?limit=200").then().statusCode(200);
    assertEquals(List.of("search"), actions(mine));
  }

  @Test
  void aResponseToASubmissionIsAReadAndAnAcknowledgementIsNot() {
    long before = events();
    String claim = Samples.claim();
    String id = submit(claim);
    as(Tokens.alder())
        .body(claim.replaceFirst("CLM-", "AGAIN-"))
        .post("/v1/claims")
        .then()
        .statusCode(409)
        .body(not(containsString("CLM-")));
    as(Tokens.alder())
        .contentType("application/fhir+json")
        .body(Samples.fhirClaim())
        .post("/fhir/Claim")
        .then()
        .statusCode(201);
    as(Tokens.birch()).get("/v1/claims/" + id).then().statusCode(404);
    as(Tokens.birch()).get("/v1/claims/" + UUID.randomUUID()).then().statusCode(404);
    as(Tokens.alder())
        .body("{\"basis\":\"gdpr-17-1-a\"}")
        .post("/v1/claims/" + id + "/erasure")
        .then()
        .statusCode(202);
    as(Tokens.alder()).get("/v1/claims/" + id + "/erasure").then().statusCode(200);
    assertEquals(before, events());
    as(Tokens.alder())
        .contentType("application/fhir+json")
        .body(Samples.fhirClaim())
        .post("/fhir/Claim/$submit")
        .then()
        .statusCode(200);
    assertEquals(before + 1, events());
  }

  @Test
  void whatCannotBeRecordedIsNotHandedOut() throws Exception {
    String id = submit(Samples.claim("CLM-UNSEEN", "M-UNSEEN"));
    awaitIncluded(id);
    long before = events();
    List<String> bodies =
        withoutEvents(
            () ->
                List.of(
                    as(Tokens.alder()).get("/v1/claims/" + id),
                    as(Tokens.alder()).get("/v1/claims?limit=200"),
                    as(Tokens.alder()).get("/fhir/Claim/" + id),
                    as(Tokens.alder()).get("/v1/claims/" + id + "/receipt"),
                    as(Tokens.alder()).get("/v1/claims/" + id + "/disclosure"),
                    as(Tokens.alder()).get("/v1/claims/" + id + "/decisions"),
                    AccessHistoryTest.officer("alder").get("/v1/accesses"),
                    AccessHistoryTest.officer("alder").get("/v1/claims/" + id + "/accesses"),
                    AccessHistoryTest.officer("alder").get("/fhir/AuditEvent"),
                    AccessHistoryTest.form("alder").post("/fhir/AuditEvent/_search"),
                    as(Tokens.alder())
                        .contentType("application/fhir+json")
                        .body(Samples.fhirClaim())
                        .post("/fhir/Claim/$submit"),
                    as(Tokens.alderAdjudicator())
                        .body("{}")
                        .post("/v1/claims/" + id + "/decisions")));
    assertTrue(bodies.stream().noneMatch(body -> body.contains("UNSEEN")), bodies::toString);
    assertEquals(before, events());
    assertEquals(List.of(), Rows.strings("select id from decision where claim_id = '" + id + "'"));
    as(Tokens.alder()).get("/v1/claims/" + id).then().statusCode(200);
  }

  /// The database refuses events for as long as the requests run.
  static List<String> withoutEvents(java.util.function.Supplier<List<Response>> requests)
      throws SQLException {
    Rows.update(
        """
        create function refuse() returns trigger language plpgsql as
        $$ begin raise exception 'no room for an event'; end $$;
        create trigger refuse before insert on access_event execute function refuse()
        """);
    try {
      return requests.get().stream()
          .map(
              answer -> {
                assertEquals(500, answer.statusCode(), answer.asString());
                return answer.asString();
              })
          .toList();
    } finally {
      Rows.update("drop trigger refuse on access_event; drop function refuse()");
    }
  }

  @Test
  void aPurposeIsOneOfAClosedList() {
    String id = submit(Samples.claim());
    as(Tokens.alder())
        .header("Purpose-Of-Use", "FRAUD")
        .get("/v1/claims/" + id)
        .then()
        .statusCode(200);
    assertEquals(
        List.of("FRAUD"),
        Rows.strings("select purpose from access_event where claim_id = '" + id + "'"));
    as(Tokens.alder())
        .header("Purpose-Of-Use", "HPAYMT", "FRAUD")
        .get("/v1/claims/" + id)
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-purpose"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "fraud", "CURIOSITY", "HPAYMT,FRAUD", "HMARKT", "'; drop table claim"})
  void anotherPurposeIsNone(String purpose) {
    String id = submit(Samples.claim());
    as(Tokens.alder())
        .header("Purpose-Of-Use", purpose)
        .get("/v1/claims/" + id)
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-purpose"));
    assertEquals(List.of(), actions(id));
  }

  /// In the pattern of IHE BALP: type, subtype and action by what was done, who asked, who
  /// answered, what it was about.
  @ParameterizedTest
  @CsvSource({
    "'',                read,              R, rest,   read",
    "/disclosure,       disclose-evidence, R, 110106, disclose",
    "/receipt,          disclose-receipt,  R, rest,   read",
    "?limit=200,        search,            E, rest,   search-type",
  })
  void anEventIsAlsoFhir(String path, String action, String code, String type, String subtype)
      throws Exception {
    String id = submit(Samples.claim());
    awaitIncluded(id);
    String place = path.startsWith("?") ? "/v1/claims" + path : "/v1/claims/" + id + path;
    as(Tokens.alder()).get(place).then().statusCode(200);
    String event =
        Rows.strings(
                "select id from access_event where claim_id = '%s' and action = '%s'"
                    .formatted(id, action))
            .getFirst();
    Response answer = AccessHistoryTest.officer("alder").get("/fhir/AuditEvent/" + event);
    AuditEvent read = parser().parseResource(AuditEvent.class, answer.asString());
    assertEquals(code, read.getAction().toCode());
    assertEquals(type, read.getType().getCode());
    assertEquals(subtype, read.getSubtypeFirstRep().getCode());
    assertEquals(
        List.of(
            "R".equals(code) ? "110153" : "110152", "R".equals(code) ? "110152" : "110153", "IRCP"),
        read.getAgent().stream().map(a -> a.getType().getCodingFirstRep().getCode()).toList());
    var user = read.getAgent().getLast();
    assertTrue(user.getRequestor());
    assertEquals("claim-submitter", user.getWho().getIdentifier().getValue());
    assertEquals("HOPERAT", user.getPurposeOfUseFirstRep().getCodingFirstRep().getCode());
    assertEquals("Claim/" + id, read.getEntityFirstRep().getWhat().getReference());
    assertEquals(
        "masked",
        read.getEntity().getLast().getWhat().getExtensionFirstRep().getValue().primitiveValue());
    AccessHistoryTest.officer("birch").get("/fhir/AuditEvent/" + event).then().statusCode(404);
  }

  static IParser parser() {
    return FhirContext.forR4Cached()
        .newJsonParser()
        .setParserErrorHandler(new StrictErrorHandler());
  }

  static long events() {
    return Long.parseLong(Rows.strings("select count(*) from access_event").getFirst());
  }

  private static List<String> actions(String claim) {
    return Rows.strings(
        "select action from access_event where claim_id = '" + claim + "' order by accessed_at");
  }
}
