package dev.indelible.e2e;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.local.Stack;
import dev.indelible.local.testing.Api;
import io.restassured.path.json.JsonPath;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What `.well-known/smart-configuration` says is so, word by word.
@Tag("asvs-5.0/10.4.16")
class SmartConfigurationTest {
  private static final Api API = new Api(SharedStack.get());
  private static final Stack STACK = API.stack();
  private static final JsonPath SAID =
      Api.anyone(API.claims())
          .get("/fhir/.well-known/smart-configuration")
          .then()
          .statusCode(200)
          .contentType("application/json")
          .extract()
          .jsonPath();
  private static final JsonPath KEYCLOAK =
      given()
          .get(STACK.keycloak().issuer() + "/.well-known/openid-configuration")
          .then()
          .statusCode(200)
          .extract()
          .jsonPath();

  @Test
  void saysNothingThatNoTestHereAsksFor() {
    assertEquals(
        Set.of(
            "token_endpoint",
            "grant_types_supported",
            "token_endpoint_auth_methods_supported",
            "token_endpoint_auth_signing_alg_values_supported",
            "dpop_signing_alg_values_supported",
            "scopes_supported",
            "code_challenge_methods_supported",
            "capabilities"),
        SAID.getMap("").keySet());
  }

  @Test
  void theTokenEndpointIsKeycloaks() {
    String endpoint = SAID.getString("token_endpoint");
    assertEquals(KEYCLOAK.getString("token_endpoint"), endpoint);
    given()
        .post(endpoint)
        .then()
        .statusCode(oneOf(400, 401))
        .body("error", equalTo("invalid_request"));
  }

  /// Each by a machine whose key is of that algorithm, and by the one grant and method.
  @Test
  void theAlgorithmsOfAssertionsAreTaken() {
    List<Machine> machines =
        Stream.of("alder-system", "birch-system").map(id -> Machine.of(STACK, id)).toList();
    assertEquals(
        machines.stream().map(Machine::algorithm).toList(),
        SAID.getList("token_endpoint_auth_signing_alg_values_supported"));
    machines.forEach(machine -> assertTrue(machine.token("").length() > 100));
    assertEquals(List.of("private_key_jwt"), SAID.getList("token_endpoint_auth_methods_supported"));
    assertEquals(List.of("client_credentials"), SAID.getList("grant_types_supported"));
  }

  @Test
  void theAlgorithmsOfProofsAreTakenByKeycloakAndByUs() {
    String uri = API.claims().url() + "/v1/claims";
    for (String algorithm : SAID.<String>getList("dpop_signing_alg_values_supported")) {
      Machine machine = Machine.of(STACK, "alder-system", Holder.of(algorithm));
      String token = machine.token("");
      int status = machine.on(given(), "GET", uri, token).get(uri).statusCode();
      assertEquals(200, status, algorithm);
    }
  }

  @Test
  void everyScopeIsGrantedAndNoOtherOfItsKindExists() {
    Machine machine = Machine.of(STACK, "alder-system");
    List<String> scopes = SAID.getList("scopes_supported");
    for (String scope : scopes) {
      String granted = machine.grant(scope).getString("scope");
      assertTrue(Arrays.asList(granted.split(" ")).contains(scope), granted);
    }
    Set<String> realm =
        JsonPath.from(Resources.root().resolve("identity/realm.json").toFile())
            .<String>getList("clientScopes.name")
            .stream()
            .filter(name -> name.startsWith("system/"))
            .collect(Collectors.toSet());
    assertEquals(realm, Set.copyOf(scopes));
  }

  /// A scope for what the CapabilityStatement does not have would promise too much.
  @Test
  void everyScopeAllowsWhatThereIs() {
    Map<Character, String> interactions = Map.of('c', "create", 'r', "read", 's', "search-type");
    JsonPath statement = Api.anyone(API.claims()).get("/fhir/metadata").jsonPath();
    for (String scope : SAID.<String>getList("scopes_supported")) {
      String type = scope.substring("system/".length(), scope.indexOf('.'));
      String which = type.equals("*") ? "true" : "it.type == '" + type + "'";
      List<String> offered =
          statement.getList(
              "rest[0].resource.findAll { " + which + " }.interaction.code.flatten()");
      for (char interaction : scope.substring(scope.indexOf('.') + 1).toCharArray()) {
        assertTrue(offered.contains(interactions.get(interaction)), scope + offered);
      }
    }
  }

  /// `client-confidential-asymmetric` and `permission-v2` are what the tests above and MachineTest
  /// do; S256 is the method of the one client that redirects people.
  @Test
  void capabilitiesAndChallengeMethods() {
    assertEquals(
        List.of("client-confidential-asymmetric", "permission-v2"), SAID.getList("capabilities"));
    assertEquals(List.of("S256"), SAID.getList("code_challenge_methods_supported"));
    assertTrue(KEYCLOAK.getList("code_challenge_methods_supported").contains("S256"));
  }

  @Test
  void theCapabilityStatementNamesSmart() {
    JsonPath statement = Api.anyone(API.claims()).get("/fhir/metadata").jsonPath();
    assertEquals(
        "http://terminology.hl7.org/CodeSystem/restful-security-service",
        statement.getString("rest[0].security.service[0].coding[0].system"));
    assertEquals(
        "SMART-on-FHIR", statement.getString("rest[0].security.service[0].coding[0].code"));
  }
}
