package dev.indelible.claims;

import static dev.indelible.claims.ErasureTest.as;
import static dev.indelible.claims.ErasureTest.audit;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The access history is searched, and whoever reads it is in it.
@Tag("hipaa/164.312.b")
@Tag("part11/11.10.e")
@QuarkusTest
@ServiceUnderTest.SurroundingsWithLedger
class AccessHistoryTest {
  @AfterEach
  void everythingMatches() {
    audit().then().body("differences", equalTo(List.of())).body("verdict", equalTo("MATCHES"));
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
    formBy(token).post("/fhir/AuditEvent/_search").then().statusCode(search);
    int unread = search == 403 ? 403 : 400;
    as(token).get("/fhir/AuditEvent?foo=bar").then().statusCode(unread);
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
        form("rowan")
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
    long before = AccessTest.events();
    for (Response answer :
        List.of(
            officer("alder").urlEncodingEnabled(false).get("/fhir/AuditEvent?" + query),
            form("alder").body(query).post("/fhir/AuditEvent/_search"))) {
      answer
          .then()
          .statusCode(400)
          .contentType("application/fhir+json")
          .body("resourceType", equalTo("OperationOutcome"))
          .body("issue[0].code", equalTo("invalid"))
          .body("issue[0].expression", equalTo(List.of(parameter)))
          .body("issue[0].diagnostics", startsWith(parameter + ": "));
    }
    assertEquals(before, AccessTest.events());
  }

  @Test
  void whatIsNoFormIsRefused() {
    for (String body : List.of("%zz=1", "&&=", "date", "\u0081".repeat(100_000))) {
      form("alder")
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

  static RequestSpecification officer(String organisation) {
    return as(token(organisation));
  }

  /// An officer who searches by a form.
  static RequestSpecification form(String organisation) {
    return formBy(token(organisation));
  }

  private static RequestSpecification formBy(String token) {
    return as(token).contentType("application/x-www-form-urlencoded; charset=UTF-8");
  }

  private static String token(String insurer) {
    return Tokens.token(insurer, "privacy-officer");
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
    return AccessTest.parser().parseResource(Bundle.class, answer.asString());
  }
}
