package dev.indelible.kit;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.kit.identity.Roles;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.quarkus.test.security.oidc.Claim;
import io.quarkus.test.security.oidc.OidcSecurity;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("asvs-5.0/16.5.1")
@QuarkusTest
class ProblemTest {
  private static ValidatableResponse post(String body) {
    return given().contentType("application/json").body(body).post("/echo").then();
  }

  private static ValidatableResponse isProblem(
      ValidatableResponse response, int status, String code) {
    return response
        .statusCode(status)
        .contentType("application/problem+json")
        .body("code", is(code))
        .body("status", is(status))
        .body("type", is("https://indelible.dev/problems/" + code))
        .body("title", notNullValue());
  }

  @Test
  void readsWhatTheTypeNames() {
    post("{\"id\":\"a\",\"lines\":[{\"code\":\"x\",\"quantity\":1,\"kind\":\"NEW\"}]}")
        .statusCode(200)
        .body(equalTo("a"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"id\":\"a\",\"extra\":1}|/extra|is not a known member",
        "{\"id\":\"a\",\"lines\":[{\"quantity\":1,\"kind\":\"OLD\"}]}|/lines/0/kind|is none of [NEW, USED]",
        "{\"id\":\"a\",\"lines\":[{\"quantity\":\"1\"}]}|/lines/0/quantity|is missing or is not an integer",
        "{\"id\":\"a\",\"lines\":[{\"quantity\":1.5}]}|/lines/0/quantity|is missing or is not an integer",
        "{\"id\":\"a\",\"lines\":[{\"code\":\"x\"}]}|/lines/0/quantity|is missing or is not an integer",
        "{\"id\":\"a\",\"lines\":[{\"quantity\":0}]}|/lines/0|quantity has to be at least 1",
        "{\"id\":7}|/id|is missing or is not a text",
        "{\"id\":{}}|/id|is missing or is not a text",
        "{\"id\":\"a\",\"lines\":{}}|/lines|is missing or is not an array",
        "null|~~|a value is required",
        "[]|~~|is missing or is not an object"
      })
  void namesTheElement(String body, String pointer, String message) {
    isProblem(post(body), 400, "invalid-body")
        .body("violations[0].field", is(pointer))
        .body("violations[0].message", is(message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"id\":\"a\",\"id\":\"b\"}|\"id\" is given twice",
        "{\"id\":|ends early",
        "{\"id\":9007199254740993}|cannot be kept exact",
        "{\"id\":\"\\ud800\"}|lone surrogate",
        "{} x|text after the value"
      })
  void refusesWhatIsNotStrictJson(String body, String detail) {
    isProblem(post(body), 400, "malformed-body").body("detail", containsString(detail));
  }

  @Test
  void refusesDepthBomb() {
    isProblem(post("[".repeat(900) + "]".repeat(900)), 400, "malformed-body");
  }

  @Test
  void refusesBodyOverTheLimit() {
    isProblem(post("[" + " ".repeat(4000) + "]"), 413, "body-too-large");
  }

  /// As .NET and Node send what they write as they go.
  @Test
  void readsBodyInChunks() {
    assertEquals(200, inChunks("{\"id\":\"a\"}").statusCode());
    HttpResponse<String> tooLarge = inChunks("[" + " ".repeat(40_000) + "]");
    assertEquals(413, tooLarge.statusCode(), tooLarge.body());
    assertTrue(tooLarge.body().contains("\"body-too-large\""), tooLarge.body());
  }

  private static HttpResponse<String> inChunks(String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/echo"))
            .version(HttpClient.Version.HTTP_1_1)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(body.getBytes(UTF_8))))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void refusesPackedBody() {
    isProblem(
        given()
            .contentType("application/json")
            .header("Content-Encoding", "gzip")
            .body("{}")
            .post("/echo")
            .then(),
        415,
        "unsupported-media-type");
  }

  @Test
  void tellsBrowsersAndCachesOnEveryAnswer() {
    for (String path : List.of("/echo/refused", "/echo/fhir", "/echo/broken", "/nothing")) {
      given()
          .get(path)
          .then()
          .header("Cache-Control", "no-store")
          .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
          .header("Referrer-Policy", "no-referrer")
          .header("X-Content-Type-Options", "nosniff");
    }
  }

  @Test
  void answersUnknownPathMethodAndMediaType() {
    isProblem(given().get("/nothing").then(), 404, "not-found");
    isProblem(given().get("/echo").then(), 405, "method-not-allowed");
    isProblem(
        given().contentType("text/plain").body("x").post("/echo").then(),
        415,
        "unsupported-media-type");
  }

  @Test
  void challengesWhoSendsNoToken() {
    isProblem(given().get("/echo/tenant").then(), 401, "unauthenticated")
        .header("WWW-Authenticate", "Bearer, DPoP algs=\"ES256 ES384 EdDSA PS256\"");
  }

  @Test
  @TestSecurity(user = "ana", roles = Roles.PATIENT)
  void forbidsTheWrongRole() {
    isProblem(given().get("/echo/tenant").then(), 403, "forbidden");
  }

  @Test
  @TestSecurity(user = "cardia", roles = Roles.SPONSOR)
  @OidcSecurity(claims = @Claim(key = "sub", value = "s-1"))
  void forbidsWhoNamesNoOrganisation() {
    isProblem(given().get("/echo/tenant").then(), 403, "no-organisation");
  }

  @Test
  @TestSecurity(user = "cardia", roles = Roles.SPONSOR)
  @OidcSecurity(
      claims = {@Claim(key = "sub", value = "s-1"), @Claim(key = "organization", value = "cardia")})
  void knowsTheTenant() {
    given().get("/echo/tenant").then().statusCode(200).body(equalTo("s-1 cardia"));
  }

  @Test
  void carriesExtensionMembers() {
    isProblem(given().get("/echo/refused").then(), 503, "unavailable")
        .body("duplicateOf", equalTo(List.of(1, 2)));
  }

  @Test
  void speaksTheFormThatAStandardAsksFor() {
    given().get("/echo/fhir").then().statusCode(404).body(equalTo("outcome not-found"));
  }

  @Test
  void saysAnIdAndNothingElseAboutOurFaults() {
    isProblem(given().get("/echo/broken").then(), 500, "internal-error")
        .body("traceId", notNullValue())
        .body(not(containsString("secret")));
  }
}
