package dev.indelible.e2e;

import static io.restassured.RestAssured.given;

import dev.indelible.local.KeycloakServer;
import dev.indelible.local.Stack;
import dev.indelible.local.testing.Samples;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/// Whoever administers the running Keycloak, by its admin API.
final class RealmAdmin {
  private static final String REALM = "/admin/realms/indelible";
  private static final String KEYS = "org.keycloak.keys.KeyProvider";

  private final Stack stack;
  private final KeycloakServer keycloak;
  private final Properties secrets = new Properties();

  RealmAdmin(Stack stack) {
    this.stack = stack;
    keycloak = stack.keycloak();
    try (Reader file = Files.newBufferedReader(stack.state().resolve("secrets.properties"))) {
      secrets.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A key of the realm.
  ///
  /// @param component what the admin API calls it
  /// @param kid what tokens call it
  record RealmKey(String component, String kid) {}

  /// Every token that an ordinary grant of the realm gives: `access_token` and `id_token`.
  JsonPath grant(Map<String, String> form) {
    return grant("indelible", form);
  }

  /// The tokens of a demo user.
  JsonPath user(String name) {
    return user(name, "indelible-cli");
  }

  /// A refresh token of a demo user, by a client of Keycloak's own: ours is given none.
  String refreshToken(String name) {
    return user(name, "admin-cli").getString("refresh_token");
  }

  private JsonPath user(String name, String client) {
    return grant(
        Map.of(
            "grant_type", "password",
            "client_id", client,
            "scope", "openid",
            "username", name,
            "password", "demo"));
  }

  /// Makes a person, whose password is that of the demo users.
  ///
  /// @param representation more of it, as the admin API calls it
  /// @return the id, which tokens call `sub`
  String addPerson(String name, String role, Map<String, Object> representation) {
    Map<String, Object> person = new java.util.HashMap<>();
    person.put("firstName", "Some");
    person.put("lastName", "Body");
    person.putAll(representation);
    person.put("username", name);
    person.put("email", name + "@people.example");
    person.put("enabled", true);
    person.put("emailVerified", true);
    person.put("credentials", List.of(Map.of("type", "password", "value", "demo")));
    String location = post("/users", person).header("Location");
    String id = location.substring(location.lastIndexOf('/') + 1);
    // New people have to make a passkey first.
    as().contentType(ContentType.JSON)
        .body(Map.of("requiredActions", List.of()))
        .put(REALM + "/users/{id}", id)
        .then()
        .statusCode(204);
    Map<String, Object> known = as().get(REALM + "/roles/{role}", role).jsonPath().getMap("$");
    as().contentType(ContentType.JSON)
        .body(List.of(known))
        .post(REALM + "/users/{id}/role-mappings/realm", id)
        .then()
        .statusCode(204);
    return id;
  }

  /// Makes somebody a member of an organisation.
  void join(String organisation, String person) {
    String id =
        as().queryParam("search", organisation)
            .get(REALM + "/organizations")
            .jsonPath()
            .getString("find { it.alias == '" + organisation + "' }.id");
    var ignored = post("/organizations/" + id + "/members", person);
  }

  void removePerson(String id) {
    as().delete(REALM + "/users/{id}", id).then().statusCode(204);
  }

  private Response post(String path, Object body) {
    return as().contentType(ContentType.JSON)
        .body(body)
        .post(REALM + path)
        .then()
        .statusCode(201)
        .extract()
        .response();
  }

  /// The tokens of a service.
  JsonPath service(String id) {
    Machine machine = Machine.of(stack, id);
    return machine
        .withoutProof(machine.sign(machine.assertion()), "openid")
        .post(machine.tokenEndpoint())
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  /// The administrator's own token: of another realm of the same Keycloak.
  String ownToken() {
    return grant(
            "master",
            Map.of(
                "grant_type", "password",
                "client_id", "admin-cli",
                "username", "admin",
                "password", secrets.getProperty("keycloak.admin")))
        .getString("access_token");
  }

  /// Publishes a key that Keycloak itself does not sign with.
  RealmKey publish(KeyPair key) {
    String pkcs8 = Base64.getEncoder().encodeToString(key.getPrivate().getEncoded());
    return add("rsa", Map.of("active", List.of("false"), "privateKey", List.of(pkcs8)), 1);
  }

  /// Has Keycloak make a key and sign with it from now on.
  RealmKey rotate(int priority) {
    return add("rsa-generated", Map.of("keySize", List.of("2048")), priority);
  }

  /// Has Keycloak make a key and publish it, and sign with another one as long as that has the
  /// higher priority.
  RealmKey announce() {
    return rotate(50);
  }

  /// Has Keycloak sign with a key that it published before.
  void raise(RealmKey key, int priority) {
    Map<String, Object> component =
        new java.util.HashMap<>(
            as().get(REALM + "/components/{id}", key.component()).jsonPath().getMap("$"));
    Map<String, Object> config = new java.util.HashMap<>();
    ((Map<?, ?>) component.get("config"))
        .forEach((name, value) -> config.put(String.valueOf(name), value));
    config.put("priority", List.of(Integer.toString(priority)));
    component.put("config", config);
    as().contentType(ContentType.JSON)
        .body(component)
        .put(REALM + "/components/{id}", key.component())
        .then()
        .statusCode(204);
  }

  /// The key that the realm was imported with.
  RealmKey first() {
    String id =
        as().queryParam("type", KEYS)
            .queryParam("name", "tokens-ps256")
            .get(REALM + "/components")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath()
            .getString("[0].id");
    return new RealmKey(id, kid(id));
  }

  void remove(RealmKey key) {
    as().delete(REALM + "/components/{id}", key.component()).then().statusCode(204);
  }

  /// The public key that tokens of this kid are verified with, in DER.
  byte[] publicKey(RealmKey key) {
    return Base64.getDecoder().decode(find(key.component()).get("publicKey"));
  }

  /// How many questions about tokens Keycloak has answered: for its keys, or whether one is good.
  long questions() {
    String metrics =
        given().baseUri(keycloak.managementUrl()).get("/metrics").then().extract().asString();
    return Stream.of(metrics.split("\n", -1))
        .filter(line -> line.startsWith("http_server_requests_seconds_count"))
        .filter(line -> line.contains("/certs") || line.contains("introspect"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private RealmKey add(String provider, Map<String, List<String>> config, int priority) {
    Map<String, List<String>> all = new java.util.HashMap<>(config);
    all.put("algorithm", List.of("PS256"));
    all.put("priority", List.of(Integer.toString(priority)));
    String location =
        as().contentType(ContentType.JSON)
            .body(
                Map.of(
                    "name", Samples.fresh("key"),
                    "providerId", provider,
                    "providerType", KEYS,
                    "config", all))
            .post(REALM + "/components")
            .then()
            .statusCode(201)
            .extract()
            .header("Location");
    String id = location.substring(location.lastIndexOf('/') + 1);
    return new RealmKey(id, kid(id));
  }

  private String kid(String component) {
    return find(component).get("kid");
  }

  private Map<String, String> find(String component) {
    return as().get(REALM + "/keys")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getMap("keys.find { it.providerId == '" + component + "' }", String.class, String.class);
  }

  private JsonPath grant(String realm, Map<String, String> form) {
    return given()
        .baseUri(keycloak.url())
        .formParams(form)
        .post("/realms/{realm}/protocol/openid-connect/token", realm)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private RequestSpecification as() {
    return given().baseUri(keycloak.url()).auth().oauth2(ownToken());
  }
}
