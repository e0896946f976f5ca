package dev.indelible.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.local.Service;
import dev.indelible.local.testing.Api;
import dev.indelible.local.testing.Database;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
@Tag("hipaa/164.312.a.1")
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
                    "bodySite": "%s", "prescription": "%s"}],
         "diagnoses": [{"sequence": 1, "reference": "%s"}]}
        """
        .formatted(Stream.generate(Canary::value).limit(7).toArray());
  }

  private static String fhirClaim() {
    return """
        {"resourceType": "Claim", "status": "active", "use": "claim", "created": "2026-03-15",
         "identifier": [{"value": "%s"}],
         "text": {"status": "generated",
                  "div": "<div xmlns=\\"http://www.w3.org/1999/xhtml\\">%s</div>"},
         "contained": [{"resourceType": "Patient", "id": "p", "birthDate": "1970-01-01",
                        "name": [{"family": "%s"}], "address": [{"city": "%s"}],
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
        .formatted(Stream.generate(Canary::value).limit(7).toArray());
  }

  private static Response post(String path, String body) {
    return API.as("alder", API.claims())
        .contentType(path.startsWith("/fhir") ? "application/fhir+json" : "application/json")
        .body(body)
        .post(path);
  }

  /// Claims that are taken in both forms, sent twice, decided, anchored and audited.
  @BeforeAll
  static void live() {
    String claim = claim();
    Response taken = post("/v1/claims", claim);
    assertEquals(202, taken.statusCode(), taken::asString);
    Response again = post("/v1/claims", claim);
    assertEquals(409, again.statusCode());
    refused(again);
    Response fhir = post("/fhir/Claim", fhirClaim());
    assertEquals(201, fhir.statusCode(), fhir::asString);
    String id = taken.jsonPath().getString("id");
    var decided =
        API.as("alder-adjudicator", API.claims())
            .contentType(ContentType.JSON)
            .body("{}")
            .post("/v1/claims/{id}/decisions", id);
    assertTrue(decided.statusCode() < 300, decided::asString);
    API.awaitAnchored();
    for (Service service : List.of(API.claims(), API.stack().ledger())) {
      assertEquals("MATCHES", API.audit(service).getString("verdict"));
    }
  }

  /// So that the search below means something.
  @Test
  void theRecordStoreHasThem() {
    assertTrue(Canary.isIn(dump("claims")));
  }

  @Test
  void theLedgerHasNone() {
    String dump = dump("ledger");
    assertTrue(dump.contains("claims"), "the ledger is not empty");
    assertFalse(Canary.isIn(dump));
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
  @Test
  void noProblemRepeatsAny() {
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
      refused(post("/v1/claims", body));
    }
    String fhir = fhirClaim();
    for (String word : List.of("active", "professional", "2026-03-14", "640.00", "\"USD\"")) {
      refused(post("/fhir/Claim", fhir.replace(word, Canary.value())));
    }
    for (String parameter : List.of("cursor", "limit")) {
      refused(
          API.as("alder", API.claims()).queryParam(parameter, Canary.value()).get("/v1/claims"));
    }
    refused(
        API.as("alder", API.claims())
            .header("Idempotency-Key", "\"" + Canary.value().repeat(100) + "\"")
            .contentType(ContentType.JSON)
            .body(claim())
            .post("/v1/claims"));
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
