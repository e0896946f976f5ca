package dev.indelible.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.local.Service;
import dev.indelible.local.testing.Api;
import dev.indelible.local.testing.Database;
import dev.indelible.local.testing.Samples;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What is said about people stays in the record store. Looks last, so at what every test before
/// left in the shared system too.
@Order(Integer.MAX_VALUE)
@Tag("asvs-5.0/16.2.5")
class CanaryTest {
  private static final Api API = new Api(SharedStack.get());

  private static String claim() {
    return """
        {"claimNumber": "%s", "use": "claim", "type": "professional",
         "member": {"system": "urn:example:member", "value": "%s"},
         "provider": {"system": "http://hl7.org/fhir/sid/us-npi", "value": "1999999984"},
         "total": {"minor": 64000, "currency": "USD"}, "coverage": "%s",
         "related": {"relationship": "prior", "claim": "%s"},
         "lines": [{"sequence": 1, "code": {"system": "https://www.cms.gov/hcpcs", "code": "E0601"},
                    "serviced": {"from": "2026-03-14"}, "quantity": "1", "netMinor": 64000,
                    "prescription": "%s", "bodySite": "%s"}],
         "diagnoses": [{"sequence": 1, "reference": "%s"},
                       {"sequence": 2, "code": {"system": "http://hl7.org/fhir/sid/icd-10-cm",
                                                "code": "%s"}}]}
        """
        .formatted(
            Canary.value(),
            Canary.value(),
            Canary.value(),
            Canary.value(),
            Canary.value(),
            Canary.readable(),
            Canary.value(),
            Canary.value());
  }

  private static String fhirClaim() {
    return """
        {"resourceType": "Claim", "status": "active", "use": "claim", "created": "2026-03-15",
         "identifier": [{"value": "%s"}],
         "text": {"status": "generated",
                  "div": "<div xmlns=\\"http://www.w3.org/1999/xhtml\\">%s</div>"},
         "contained": [{"resourceType": "Patient", "id": "p", "birthDate": "1970-01-01",
                        "name": [{"family": "%s", "given": ["%s"]}],
                        "telecom": [{"system": "phone", "value": "%s"}],
                        "address": [{"line": ["%s"], "city": "%s", "postalCode": "%s"}],
                        "identifier": [{"system": "urn:example:member", "value": "%s"}]}],
         "type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/claim-type",
                              "code": "professional"}]},
         "patient": {"reference": "#p", "display": "%s"},
         "provider": {"identifier": {"system": "http://hl7.org/fhir/sid/us-npi",
                                     "value": "1999999984"}},
         "priority": {"coding": [{"code": "normal"}]},
         "insurance": [{"sequence": 1, "focal": true, "coverage": {"display": "%s"}}],
         "item": [{"sequence": 1, "servicedDate": "2026-03-14",
                   "productOrService": {"coding": [{"system": "https://www.cms.gov/hcpcs",
                                                    "code": "E0601"}]},
                   "net": {"value": 640.00, "currency": "USD"}}],
         "total": {"value": 640.00, "currency": "USD"}}
        """
        .formatted(Stream.generate(Canary::value).limit(11).toArray());
  }

  /// The claim that was.
  private static String taken = "";

  /// Answers to what was refused before anything was looked for.
  private static final List<Response> REFUSALS = new ArrayList<>();

  private static Response post(String path, String body) {
    return API.as("alder", API.claims())
        .contentType(path.startsWith("/fhir") ? "application/fhir+json" : "application/json")
        .body(body)
        .post(path);
  }

  /// Claims that are taken in both forms, sent twice, decided, looked into, anchored and audited,
  /// and all that can be wrong with one. Everything comes before the first search.
  @BeforeAll
  static void live() {
    String claim = claim();
    Response accepted = post("/v1/claims", claim);
    assertEquals(202, accepted.statusCode(), accepted::asString);
    Response again = post("/v1/claims", claim);
    assertEquals(409, again.statusCode());
    REFUSALS.add(again);
    Response fhir = post("/fhir/Claim", fhirClaim());
    assertEquals(201, fhir.statusCode(), fhir::asString);
    taken = accepted.jsonPath().getString("id");
    done(
        "alder-adjudicator",
        "/v1/claims/" + taken + "/decisions",
        "reason",
        "\"outcome\":\"pended\"");
    done(
        "alder-adjudicator",
        "/v1/claims/" + taken + "/decisions",
        "reason",
        "\"outcome\":\"denied\"");
    done(
        "auditor",
        "/v1/claims/" + taken + "/break-glass",
        "explanation",
        "\"reason\":\"complaint\"");
    assertEquals(200, API.as("auditor", API.claims()).get("/v1/claims/" + taken).statusCode());
    assertEquals(
        200, API.as("alder-privacy", API.claims()).get("/v1/break-glass?limit=200").statusCode());
    assertEquals(
        201,
        API.as("alder", API.claims())
            .contentType(ContentType.JSON)
            .body(Samples.invitation(Canary.value()))
            .post("/v1/members/invitations")
            .statusCode());
    refusals();
    API.awaitAnchored();
    for (Service service : List.of(API.claims(), API.stack().ledger())) {
      assertEquals("MATCHES", API.audit(service).getString("verdict"));
    }
  }

  /// Somebody who has shown a passkey says something about a claim.
  private static void done(String who, String path, String member, String rest) {
    Response answer =
        API.fresh(who, API.claims())
            .contentType(ContentType.JSON)
            .body("{%s, \"%s\": \"%s\"}".formatted(rest, member, Canary.value()))
            .post(path);
    assertEquals(201, answer.statusCode(), answer::asString);
  }

  /// So that the searches below mean something: it was taken, and what lies readable is found. What
  /// does not is in no column, not even of the database that it is kept in.
  @Test
  void theRecordStoreHasThem() {
    String dump = dump("claims");
    assertTrue(Canary.isIn(dump));
    assertFalse(Canary.isSecretIn(dump));
    String claim = API.as("alder", API.claims()).get("/v1/claims/" + taken).asString();
    assertTrue(Canary.isSecretIn(claim), claim);
  }

  /// In every form that a search has to know.
  @Test
  void aSearchFindsThem() {
    byte[] value = ("a" + Canary.value()).getBytes(StandardCharsets.UTF_8);
    for (String text :
        List.of(
            Canary.value(),
            Canary.readable().toUpperCase(Locale.ROOT),
            HexFormat.of().formatHex(value),
            Base64.getEncoder().encodeToString(value),
            Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Arrays.copyOfRange(value, 1, 20)),
            Base64.getMimeEncoder()
                .encodeToString(("ab" + Canary.value()).getBytes(StandardCharsets.UTF_8)))) {
      assertTrue(Canary.isIn(text), text);
    }
  }

  @Test
  void theLedgerHasNone() {
    String dump = dump("ledger");
    assertTrue(dump.contains("claims"), "the ledger is not empty");
    assertFalse(Canary.isIn(dump));
  }

  @Test
  void theTrialsHaveNone() {
    assertFalse(Canary.isIn(dump("trials")));
  }

  /// Logs, keys, what witnesses have seen, and the databases' own files with all that was ever
  /// written ahead: as bytes, so what a table no longer shows is found too.
  @Test
  void noFileHasAny() throws IOException {
    Path state = API.stack().state();
    List<Path> found = new ArrayList<>();
    long searched = 0;
    try (Stream<Path> files = Files.walk(state)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        try {
          byte[] bytes = Files.readAllBytes(file);
          searched += bytes.length;
          boolean isDatabases = state.relativize(file).startsWith("postgres");
          if (isDatabases ? Canary.isSecretIn(bytes) : Canary.isIn(bytes)) {
            found.add(file);
          }
        } catch (NoSuchFileException e) {
          // A database throws files away.
        }
      }
    }
    assertEquals(List.of(), found);
    assertTrue(searched > 50_000_000, searched + " bytes");
  }

  /// A person whose every attribute can be found again.
  @Test
  void noTokenHasAny() {
    RealmAdmin admin = new RealmAdmin(API.stack());
    String name = Samples.fresh("person");
    String id =
        admin.addPerson(
            name, "patient", Map.of("firstName", Canary.readable(), "lastName", Canary.readable()));
    try {
      JsonPath granted = admin.user(name);
      for (String kind : List.of("access_token", "id_token")) {
        String token = granted.getString(kind);
        String said =
            new String(
                Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
        assertTrue(said.contains(id), said);
        assertFalse(Canary.isIn(said), said);
        assertFalse(said.contains("people.example"), said);
      }
    } finally {
      admin.removePerson(id);
    }
  }

  /// Services, Keycloak, PostgreSQL and witnesses, from their first line.
  @Test
  void noLogHasAny() throws IOException {
    Map<Path, List<String>> found = new TreeMap<>();
    try (Stream<Path> files = Files.list(API.stack().state().resolve("logs"))) {
      List<Path> logs = files.toList();
      assertTrue(logs.size() > 8, logs::toString);
      for (Path log : logs) {
        List<String> lines =
            new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                .lines()
                .filter(Canary::isIn)
                .toList();
        if (!lines.isEmpty()) {
          found.put(log.getFileName(), lines);
        }
      }
    }
    assertEquals(Map.of(), found);
  }

  @Test
  void noMetricHasAny() {
    for (Service service : List.of(API.claims(), API.trials(), API.stack().ledger())) {
      String metrics =
          io.restassured.RestAssured.given()
              .baseUri(service.managementUrl())
              .get("/q/metrics")
              .asString();
      assertTrue(metrics.contains("jvm_"), service.name());
      assertFalse(Canary.isIn(metrics), service.name());
    }
  }

  /// Every value of a claim in turn is made wrong, and with it, everything else is in the request.
  private static void refusals() {
    String claim = claim();
    List<String> wrong =
        List.of(
            claim.replace("\"use\": \"claim\"", "\"use\": \"" + Canary.value() + "\""),
            claim.replace("\"professional\"", "\"" + Canary.value() + "\""),
            claim.replace("64000", "\"" + Canary.value() + "\""),
            claim.replace("\"1\"", "\"" + Canary.value() + "\""),
            claim.replace("2026-03-14", Canary.value()),
            claim.replace("\"USD\"", "\"" + Canary.value() + "\""),
            claim.replace("{\"sequence\"", "\"" + Canary.value() + "\", {\"sequence\""),
            claim.replace("\"coverage\"", "\"member\""),
            claim.substring(0, claim.length() / 2),
            claim + claim,
            claim.replace("Canary", "\\ud800Canary"),
            "\"" + Canary.value() + "\"",
            Canary.value());
    for (String body : wrong) {
      REFUSALS.add(post("/v1/claims", body));
    }
    String fhir = fhirClaim();
    for (String word : List.of("active", "professional", "2026-03-14", "640.00", "\"USD\"")) {
      REFUSALS.add(post("/fhir/Claim", fhir.replace(word, Canary.value())));
    }
    for (String parameter : List.of("cursor", "limit")) {
      REFUSALS.add(
          API.as("alder", API.claims()).queryParam(parameter, Canary.value()).get("/v1/claims"));
    }
    REFUSALS.add(
        API.as("alder", API.claims())
            .header("Idempotency-Key", "\"" + Canary.value().repeat(100) + "\"")
            .contentType(ContentType.JSON)
            .body(claim())
            .post("/v1/claims"));
  }

  @Test
  void noProblemRepeatsAny() {
    assertTrue(REFUSALS.size() > 20, REFUSALS::toString);
    REFUSALS.forEach(CanaryTest::refused);
  }

  private static void refused(Response answer) {
    assertTrue(answer.statusCode() / 100 == 4, answer::asString);
    assertFalse(Canary.isIn(answer.asString()), answer::asString);
  }

  /// All tables of a database as text.
  private static String dump(String name) {
    Database database = Database.of(API.stack(), name);
    StringBuilder all = new StringBuilder();
    for (String table :
        database.texts(
            "select format('%I.%I', schemaname, tablename) from pg_tables"
                + " where schemaname not in ('pg_catalog', 'information_schema')")) {
      database
          .texts("select t::text from " + table + " t")
          .forEach(row -> all.append(table).append(row).append('\n'));
    }
    return all.toString();
  }
}
