package dev.indelible.claims;

import static dev.indelible.claims.ErasureTest.as;
import static dev.indelible.claims.ErasureTest.audit;
import static dev.indelible.claims.ErasureTest.awaitIncluded;
import static dev.indelible.claims.ErasureTest.awaitRows;
import static dev.indelible.claims.ErasureTest.submit;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
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
                    officer("alder").get("/v1/accesses"),
                    officer("alder").get("/v1/claims/" + id + "/accesses"),
                    officer("alder").get("/fhir/AuditEvent"),
                    form(History.token("alder")).post("/fhir/AuditEvent/_search"),
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
    Response answer = officer("alder").get("/fhir/AuditEvent/" + event);
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
    officer("birch").get("/fhir/AuditEvent/" + event).then().statusCode(404);
  }

  /// The same as for claims, whether or not there is the event; and before a parameter is looked
  /// at.
  @ParameterizedTest
  @CsvSource({
    "'',                     403, 403",
    "system/Claim.rs,        403, 403",
    "system/AuditEvent.r,    404, 403",
    "system/AuditEvent.s,    403, 200",
    "system/AuditEvent.rs,   404, 200",
    "system/*.rs,            404, 200",
    "system/*.r,             404, 403",
  })
  void aMachineNeedsTheScopeForAnEvent(String scope, int read, int search) {
    Map<String, Object> machine = Map.of("client_id", "alder-watch", "scope", scope);
    String token = Tokens.token("claims-service", List.of("alder"), machine, "privacy-officer");
    as(token).get("/fhir/AuditEvent/" + UUID.randomUUID()).then().statusCode(read);
    as(token).get("/fhir/AuditEvent").then().statusCode(search);
    form(token).post("/fhir/AuditEvent/_search").then().statusCode(search);
    int unread = search == 403 ? 403 : 400;
    as(token).get("/fhir/AuditEvent?foo=bar").then().statusCode(unread);
  }

  private static RequestSpecification form(String token) {
    return as(token).contentType("application/x-www-form-urlencoded; charset=UTF-8");
  }

  @Test
  void aSearchFindsWhatItAsksForAndNothingElse() {
    History history = History.of("larch");
    String claim = history.first();
    var before = Moment.text(TestTime.now());
    history.read(history.second());
    assertEquals(
        List.of("read", "search", "search", "read"),
        history.words("agent:identifier=claim-submitter"));
    assertEquals(List.of("read", "search"), history.words("entity=Claim/" + claim));
    assertEquals(List.of("search", "search"), history.words("action=E"));
    assertEquals(
        List.of("read"), history.words("agent:identifier=claim-submitter&date=ge" + before));
    assertEquals(
        List.of("read", "search", "search"),
        history.words("date=lt" + before + "&date=gt2025&action=R,E"));
    assertEquals(List.of(), history.words("date=lt2026"));
    assertEquals(List.of(), history.words("agent:identifier=somebody-else"));
    assertEquals(List.of(), History.of("maple").words("entity=Claim/" + claim));
  }

  @Test
  void aSearchIsASearchset() {
    History history = History.of("rowan");
    Response answer = history.search("?action=E&_count=500");
    Bundle bundle = bundle(answer);
    assertEquals(Bundle.BundleType.SEARCHSET, bundle.getType());
    assertEquals(2, bundle.getTotal());
    var entry = bundle.getEntryFirstRep();
    String base = "http://localhost:" + RestAssured.port + "/fhir/";
    assertEquals(base + "AuditEvent?_count=200&action=E", bundle.getLink("self").getUrl());
    assertNull(bundle.getLink("next"));
    assertEquals(
        base + "AuditEvent/" + entry.getResource().getIdElement().getIdPart(), entry.getFullUrl());
    assertEquals(Bundle.SearchEntryMode.MATCH, entry.getSearch().getMode());
    // It is what a read of it is.
    var read = officer("rowan").get(entry.getFullUrl()).jsonPath().getMap("");
    assertEquals(read, answer.jsonPath().getMap("entry[0].resource"));
    String posted =
        form(History.token("rowan"))
            .formParam("action", "E")
            .post("/fhir/AuditEvent/_search?_count=500")
            .asString();
    assertEquals(answer.asString(), posted);
  }

  /// Each page adds an event, and still there is a last one.
  @ParameterizedTest
  @ValueSource(strings = {"/fhir/AuditEvent?_count=1", "/v1/accesses?limit=1"})
  void aWalkThroughTheHistoryEnds(String path) {
    History history = History.of("sorrel-" + path.length());
    List<String> first = List.of("read", "search", "search");
    List<String> ids = new ArrayList<>();
    for (String next = path; next != null; ) {
      JsonPath page =
          officer(history.insurer()).get(next).then().statusCode(200).extract().jsonPath();
      assertNull(page.get("total"));
      List<String> more = page.getList(path.startsWith("/fhir") ? "entry.resource.id" : "items.id");
      ids.addAll(more == null ? List.of() : more);
      next =
          path.startsWith("/fhir")
              ? page.getString("link.find { it.relation == 'next' }?.url")
              : Optional.ofNullable(page.getString("next"))
                  .map(c -> path + "&cursor=" + c)
                  .orElse(null);
      assertTrue(ids.size() <= first.size(), ids::toString);
    }
    assertEquals(
        ids,
        Rows.strings(
            "select id from access_event where organisation = '%s' and action <> 'read-history' order by accessed_at, id"
                .formatted(history.insurer())));
    assertEquals(first.size(), ids.size());
    assertEquals(
        List.of("4"),
        Rows.strings(
            "select count(*) from access_event where organisation = '%s' and action = 'read-history'"
                .formatted(history.insurer())));
  }

  @ParameterizedTest
  @CsvSource({
    "patient=Patient/1,     patient",
    "date=ne2026,           date",
    "_sort=-date,           _sort",
    "action:not=R,          action:not",
    "agent:identifier=%00,  agent:identifier",
    "cursor=AAAA,           cursor",
  })
  void aSearchForWhatIsNotKnownIsRefused(String query, String parameter) {
    long before = events();
    for (Response answer :
        List.of(
            officer("alder").urlEncodingEnabled(false).get("/fhir/AuditEvent?" + query),
            form(History.token("alder")).body(query).post("/fhir/AuditEvent/_search"))) {
      answer
          .then()
          .statusCode(400)
          .contentType("application/fhir+json")
          .body("resourceType", equalTo("OperationOutcome"))
          .body("issue[0].code", equalTo("invalid"))
          .body("issue[0].expression", equalTo(List.of(parameter)))
          .body("issue[0].diagnostics", startsWith(parameter + ": "));
    }
    assertEquals(before, events());
  }

  @Test
  void whatIsNoFormIsRefused() {
    for (String body : List.of("%zz=1", "&&=", "date", "\u0081".repeat(100_000))) {
      form(History.token("alder"))
          .body(body)
          .post("/fhir/AuditEvent/_search")
          .then()
          .statusCode(400)
          .body("resourceType", equalTo("OperationOutcome"));
    }
  }

  /// One event for each answer, and none for a refusal. It names the claim that all is about that
  /// was shown, however it was asked for.
  @Test
  void whoeverReadsTheHistoryIsInIt() {
    History history = History.of("spruce");
    String claim = history.first();
    String event = history.ids("entity=Claim/" + claim).getFirst();
    for (String path :
        List.of(
            "/v1/accesses",
            "/v1/accesses?limit=1",
            "/v1/claims/" + claim + "/accesses",
            "/fhir/AuditEvent",
            "/fhir/AuditEvent?entity=Claim/" + claim,
            "/fhir/AuditEvent?date=lt2000",
            "/fhir/AuditEvent/" + event)) {
      officer("spruce").get(path).then().statusCode(200);
    }
    officer("spruce").get("/v1/accesses/" + event + "/receipt").then().statusCode(404);
    officer("spruce").get("/fhir/AuditEvent/" + UUID.randomUUID()).then().statusCode(404);
    String of = " privacy-officer HOPERAT own-organisation ";
    assertEquals(
        List.of(of, of + claim, of + claim, of, of + claim, of, of + claim),
        Rows.strings(
            """
            select ' ' || concat_ws(' ', role, purpose, access_right, coalesce(claim_id::text, ''))
            from access_event where organisation = 'spruce' and actor = 'privacy-officer'
              and actor_organisation = 'spruce' and action = 'read-history'
            order by accessed_at offset 1
            """));
    assertEquals(8, history.words("type=110101").size());
    officer("spruce")
        .get("/v1/claims/" + claim + "/accesses")
        .then()
        .body("items.action.count { it == 'read-history' }", equalTo(5));
  }

  private static RequestSpecification officer(String organisation) {
    return as(Tokens.token(organisation, "privacy-officer"));
  }

  /// What the access history of an insurer has: somebody read a claim, and saw it and another one
  /// in a list.
  private record History(String insurer, String first, String second) {
    static History of(String insurer) {
      String claim = as(submitter(insurer)).body(Samples.claim()).post("/v1/claims").path("id");
      String other = as(submitter(insurer)).body(Samples.claim()).post("/v1/claims").path("id");
      History history = new History(insurer, claim, other);
      history.read(claim);
      as(submitter(insurer)).get("/v1/claims").then().statusCode(200);
      return history;
    }

    private static String submitter(String insurer) {
      return Tokens.token(insurer, "claim-submitter");
    }

    static String token(String insurer) {
      return Tokens.token(insurer, "privacy-officer");
    }

    void read(String claim) {
      as(submitter(insurer)).get("/v1/claims/" + claim).then().statusCode(200);
    }

    Response search(String query) {
      Response answer = officer(insurer).urlEncodingEnabled(false).get("/fhir/AuditEvent" + query);
      assertEquals(200, answer.statusCode(), answer.asString());
      return answer;
    }

    List<String> ids(String query) {
      return search("?" + query).path("entry.resource.id");
    }

    /// What was done, of the events that are found.
    List<String> words(String query) {
      List<String> ids = ids(query);
      return ids == null ? List.of() : ids.stream().map(History::word).toList();
    }

    private static String word(String id) {
      return Rows.strings("select action from access_event where id = '" + id + "'").getFirst();
    }
  }

  private static Bundle bundle(Response answer) {
    return parser().parseResource(Bundle.class, answer.asString());
  }

  private static IParser parser() {
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
