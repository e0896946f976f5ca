package dev.indelible.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.local.Service;
import io.restassured.http.ContentType;
import io.restassured.http.Method;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Who gets in. The endpoints come from the services' own OpenAPI documents, so none can be
/// forgotten; only what is public on purpose is listed here.
class AccessTest {
  private static final Api API = new Api(SharedStack.get());

  private static final Set<String> PUBLIC_PREFIXES =
      Set.of("/logs/", "/v1/logs/", "/scitt/", "/fhir/metadata", "/v1/public/", "/verify");

  /// One operation of a service.
  record Endpoint(Service service, Method method, String path) {
    boolean isPublic() {
      boolean prefixed = PUBLIC_PREFIXES.stream().anyMatch(path::startsWith);
      return path.equals("/") || (prefixed && method == Method.GET);
    }

    /// Path parameters filled with something well-formed that does not exist.
    String concretePath() {
      return path.replaceAll("\\{operation[^}]*}", "\\$submit")
          .replaceAll("\\{log[^}]*}", "claims")
          .replaceAll("\\{(index|number|n)[^}]*}", "1")
          .replaceAll("\\{[^}]*}", "00000000-0000-4000-8000-000000000000");
    }

    @Override
    public String toString() {
      return service.name() + " " + method + " " + path;
    }
  }

  static Stream<Endpoint> protectedEndpoints() {
    return endpoints().filter(endpoint -> !endpoint.isPublic());
  }

  static Stream<Endpoint> endpoints() {
    List<Endpoint> endpoints = new ArrayList<>();
    for (Service service : List.of(API.stack().ledger(), API.claims(), API.trials())) {
      JsonPath document =
          io.restassured.RestAssured.given()
              .baseUri(service.managementUrl())
              .queryParam("format", "json")
              .get("/q/openapi")
              .then()
              .statusCode(200)
              .extract()
              .jsonPath();
      Map<String, Map<String, Object>> paths = document.getMap("paths");
      paths.forEach(
          (path, operations) ->
              Stream.of(Method.values())
                  .filter(
                      method ->
                          operations.containsKey(method.name().toLowerCase(java.util.Locale.ROOT)))
                  .forEach(method -> endpoints.add(new Endpoint(service, method, path))));
    }
    assertTrue(endpoints.size() > 25, "the documents list only " + endpoints);
    return endpoints.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("protectedEndpoints")
  void nobodyGetsInWithoutAToken(Endpoint endpoint) {
    assertEquals(401, call(Api.anyone(endpoint.service()), endpoint));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("protectedEndpoints")
  void aPatientsTokenOpensNothingOfOthers(Endpoint endpoint) {
    assertEquals(403, call(API.as("ana", endpoint.service()), endpoint));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("protectedEndpoints")
  void aTamperedTokenOpensNothing(Endpoint endpoint) {
    String token = API.stack().tokens().ofUser("alder");
    String forged =
        token.substring(0, token.length() - 6) + (token.endsWith("AAAAAA") ? "BBBBBB" : "AAAAAA");
    assertEquals(401, call(Api.anyone(endpoint.service()).auth().oauth2(forged), endpoint));
  }

  @Test
  void anotherOrganisationsClaimDoesNotExist() {
    String id =
        API.submit("alder", Samples.claim(Samples.fresh("CLM"), Samples.fresh("TEST"), 64_000))
            .then()
            .statusCode(202)
            .extract()
            .jsonPath()
            .getString("id");
    for (String part : List.of("", "/receipt", "/disclosure", "/decisions")) {
      String path = "/v1/claims/" + id + part;
      assertEquals(404, API.as("birch", API.claims()).get(path).statusCode(), path);
      assertTrue(API.as("alder", API.claims()).get(path).statusCode() < 300, path);
    }
    int decided =
        API.as("birch-adjudicator", API.claims())
            .contentType(ContentType.JSON)
            .body("{}")
            .post("/v1/claims/{id}/decisions", id)
            .statusCode();
    assertEquals(404, decided);
  }

  @Test
  void onlyTheServicesThemselvesWriteToTheLog() {
    String body = "{\"entry\":\"\",\"tokens\":[]}";
    for (String user : List.of("alder", "sponsor", "regulator", "operator", "auditor")) {
      int status =
          API.as(user, API.stack().ledger())
              .contentType(ContentType.JSON)
              .body(body)
              .post("/v1/logs/claims/entries")
              .statusCode();
      assertEquals(403, status, user);
    }
  }

  private static int call(RequestSpecification as, Endpoint endpoint) {
    RequestSpecification request =
        endpoint.method() == Method.GET
            ? as
            : as.contentType(contentType(endpoint)).body("{}".getBytes(UTF_8));
    return request.request(endpoint.method(), endpoint.concretePath()).statusCode();
  }

  private static String contentType(Endpoint endpoint) {
    if (endpoint.path().startsWith("/scitt")) {
      return "application/cose";
    }
    return endpoint.path().startsWith("/fhir") ? "application/fhir+json" : "application/json";
  }
}
