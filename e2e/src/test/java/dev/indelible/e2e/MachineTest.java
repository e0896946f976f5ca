package dev.indelible.e2e;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.local.Stack;
import dev.indelible.local.testing.Api;
import dev.indelible.local.testing.Samples;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Machines of organisations (SMART App Launch 2.2, "Backend services"): they prove who they are by
/// a key, get bound tokens and nothing else, and do through FHIR what they were granted.
@Tag("asvs-5.0/10.4.14")
@Tag("asvs-5.0/10.4.16")
@Tag("hipaa/164.312.d")
class MachineTest {
  private static final Api API = new Api(SharedStack.get());
  private static final Stack STACK = API.stack();
  private static final Machine ALDER = Machine.of(STACK, "alder-system");
  private static final Machine BIRCH = Machine.of(STACK, "birch-system");

  @ParameterizedTest
  @CsvSource({
    "alder-system, ES384",
    "birch-system, RS384",
    "cardia-system, RS384",
    "agency-system, ES384",
  })
  void provesItselfByItsKeyAndGetsABoundToken(String client, String algorithm) {
    Machine machine = Machine.of(STACK, client);
    assertEquals(algorithm, machine.algorithm());
    JsonPath grant = machine.grant("");
    assertEquals("DPoP", grant.getString("token_type"));
    assertTrue(grant.getInt("expires_in") <= 300);
    JsonPath claims = claims(grant.getString("access_token"));
    assertEquals(machine.holder().thumbprint(), claims.getString("cnf.jkt"));
    assertEquals(client, claims.getString("client_id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"alder-system", "birch-system", "cardia-system", "agency-system"})
  void getsNoTokenThatIsNotBound(String client) {
    Machine machine = Machine.of(STACK, client);
    String assertion = machine.sign(machine.assertion());
    machine
        .withoutProof(assertion, "")
        .post(machine.tokenEndpoint())
        .then()
        .statusCode(400)
        .body("access_token", equalTo(null))
        .body("error", equalTo("invalid_request"));
  }

  record Flaw(String name, String assertion) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Flaw> flaws() {
    Jws good = ALDER.assertion();
    long now = Instant.now().getEpochSecond();
    byte[] publicKey = publicKey();
    return Stream.of(
        signed("for another audience", good.claim("aud", "https://elsewhere.example/token")),
        signed("for a service", good.claim("aud", API.claims().url())),
        signed("expired", good.claim("iat", now - 400).claim("exp", now - 100)),
        signed("not yet", good.claim("iat", now + 600).claim("exp", now + 900)),
        signed("without end", good.without("exp")),
        signed("without time", good.without("exp").without("iat")),
        new Flaw("without jti", ALDER.sign(good.without("jti"))),
        signed("without subject", good.without("sub")),
        signed(
            "in another client's name",
            good.claim("iss", "birch-system").claim("sub", "birch-system")),
        signed("about another client", good.claim("sub", "birch-system")),
        new Flaw("by another client's key", BIRCH.sign(good.header("alg", "RS384"))),
        new Flaw("in another algorithm's name", BIRCH.sign(good)),
        new Flaw("by a new key", fresh(good)),
        new Flaw(
            "HS256 by the public key", good.header("alg", "HS256").signed(Jws.hmac(publicKey))),
        new Flaw("unsigned", good.header("alg", "none").signed(Jws.NONE)),
        new Flaw("without signature", good.signed(Jws.NONE)),
        new Flaw("of another form", "a.b.c"));
  }

  private static Flaw signed(String name, Jws assertion) {
    return new Flaw(name, ALDER.sign(assertion.claim("jti", Samples.fresh("jti"))));
  }

  private static String fresh(Jws assertion) {
    Holder stranger = Holder.of("ES384");
    return stranger.sign(assertion.header("jwk", stranger.jwk()));
  }

  /// Anybody may know it.
  private static byte[] publicKey() {
    Path jwks = STACK.state().resolve("clients/alder-system.jwks");
    return Resources.text(jwks).getBytes(UTF_8);
  }

  @ParameterizedTest
  @MethodSource("flaws")
  void refusesAnAssertionThatDoesNotHold(Flaw flaw) {
    ALDER
        .ask(flaw.assertion(), "")
        .then()
        .statusCode(oneOf(400, 401))
        .body("access_token", equalTo(null))
        .body("error", oneOf("invalid_client", "unauthorized_client"));
  }

  @Test
  void refusesAnAssertionTheSecondTime() {
    String assertion = ALDER.sign(ALDER.assertion());
    ALDER.ask(assertion, "").then().statusCode(200);
    ALDER.ask(assertion, "").then().statusCode(oneOf(400, 401)).body("access_token", equalTo(null));
  }

  @Test
  void refusesSecrets() {
    for (String secret : List.of("", "${INDELIBLE_ALDER_SYSTEM_JWKS}", "demo")) {
      given()
          .formParams(
              Map.of(
                  "grant_type", "client_credentials",
                  "client_id", "alder-system",
                  "client_secret", secret))
          .post(ALDER.tokenEndpoint())
          .then()
          .statusCode(oneOf(400, 401))
          .body("access_token", equalTo(null));
    }
  }

  @Test
  void doesThroughFhirWhatItWasGranted() {
    String id =
        file("/fhir/Claim", "system/Claim.c").statusCode(201).extract().jsonPath().getString("id");
    String queued =
        submitted("system/Claim.c").statusCode(200).extract().jsonPath().getString("id");
    for (String scope : List.of("system/Claim.r", "system/*.rs")) {
      read(id, scope).statusCode(200).body("resourceType", equalTo("Claim"));
      read(queued, scope).statusCode(200);
    }
    API.requireSound();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "system/Claim.r", "system/*.rs"})
  void doesNotFileWithoutTheScope(String scope) {
    long before = API.count("claims", "claim");
    lacks(file("/fhir/Claim", scope), "system/Claim.c");
    lacks(submitted(scope), "system/Claim.c");
    assertEquals(before, API.count("claims", "claim"));
  }

  /// Whether there is such a claim is not said before.
  @ParameterizedTest
  @ValueSource(strings = {"", "system/Claim.c"})
  void doesNotReadWithoutTheScope(String scope) {
    lacks(read(UUID.randomUUID().toString(), scope), "system/Claim.r");
  }

  /// Every operation of the table below /fhir that the role of insurers' machines opens.
  @Test
  void everyOperationOfFhirAsksForAScope() {
    List<Operation> operations =
        Operation.all(API).stream()
            .filter(operation -> operation.path().startsWith("/fhir"))
            .filter(
                operation ->
                    AccessTable.read().of(operation) instanceof AccessTable.Granted granted
                        && granted.roles().containsKey("claim-submitter"))
            .toList();
    assertEquals(3, operations.size());
    String token = ALDER.token("");
    for (Operation operation : operations) {
      String path =
          operation
              .path()
              .replace("{operation}", "$submit")
              .replace("{id}", UUID.randomUUID().toString());
      String uri = API.claims().url() + path;
      ALDER
          .on(given().urlEncodingEnabled(false), operation.method(), uri, token)
          .contentType("application/fhir+json")
          .body(operation.isRead() ? "" : "{}")
          .request(operation.method(), uri)
          .then()
          .statusCode(403);
    }
  }

  @Test
  void isNotGrantedWhatIsNotItsAffair() {
    Machine sponsor = Machine.of(STACK, "cardia-system");
    for (String scope : List.of("system/Claim.c", "system/*.rs")) {
      sponsor
          .ask(sponsor.sign(sponsor.assertion()), scope)
          .then()
          .statusCode(400)
          .body("error", equalTo("invalid_scope"));
    }
    // Of no such resource is there anything, and claims are not searched.
    for (String scope : List.of("system/Patient.rs", "system/Claim.rs")) {
      ALDER
          .ask(ALDER.sign(ALDER.assertion()), scope)
          .then()
          .statusCode(400)
          .body("error", equalTo("invalid_scope"));
    }
  }

  /// What a scope allows, a role has to as well: a claims system is no privacy officer.
  @Test
  void aScopeIsNoRole() {
    for (String scope : List.of("system/AuditEvent.rs", "system/*.rs")) {
      String uri = API.claims().url() + "/fhir/AuditEvent";
      ALDER.on(given(), "GET", uri, ALDER.token(scope)).get(uri).then().statusCode(403);
    }
  }

  private static ValidatableResponse file(String path, String scope) {
    String body =
        Resources.testdata("fhir-claims/hl7-r4-examples/Claim-100150.json")
            .replace("\"12345\"", "\"" + Samples.fresh("N") + "\"")
            .replace("\"Patient/1\"", "\"Patient/" + Samples.fresh("TEST") + "\"");
    String uri = API.claims().url() + path;
    return ALDER
        .on(given().urlEncodingEnabled(false), "POST", uri, ALDER.token(scope))
        .contentType("application/fhir+json")
        .body(body)
        .post(uri)
        .then();
  }

  private static ValidatableResponse submitted(String scope) {
    return file("/fhir/Claim/$submit", scope);
  }

  private static ValidatableResponse read(String id, String scope) {
    String uri = API.claims().url() + "/fhir/Claim/" + id;
    return ALDER.on(given(), "GET", uri, ALDER.token(scope)).get(uri).then();
  }

  private static void lacks(ValidatableResponse answer, String scope) {
    answer
        .statusCode(403)
        .header(
            "WWW-Authenticate",
            "DPoP error=\"insufficient_scope\", scope=\""
                + scope
                + "\", algs=\"ES256 ES384 EdDSA PS256\"")
        .body("resourceType", equalTo("OperationOutcome"))
        .body("issue[0].code", not(equalTo(null)));
  }

  static JsonPath claims(String token) {
    byte[] json = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
    return JsonPath.from(new String(json, UTF_8));
  }
}
