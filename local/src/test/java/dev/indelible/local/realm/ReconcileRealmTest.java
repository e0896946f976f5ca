package dev.indelible.local.realm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.local.KeycloakServer;
import dev.indelible.local.Shape;
import dev.indelible.local.Stack;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonArray;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.JsonReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// A real Keycloak whose realm somebody changed behind the code's back, and one whose code changed.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReconcileRealmTest {
  private static Stack stack;
  private static KeycloakServer keycloak;

  private KeycloakAdmin admin;

  @BeforeAll
  static void start() {
    stack = Stack.start(Shape.PLATFORM);
    keycloak = stack.keycloak();
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @BeforeEach
  void signIn() {
    admin = keycloak.admin();
  }

  /// Every test leaves the realm as the code says.
  @AfterEach
  void noDriftIsLeft() {
    assertEquals(List.of(), drift(keycloak.realmAsCode()));
    admin.close();
  }

  /// First, since the others leave a realm that was mended.
  @Test
  @Order(1)
  void anImportedRealmHasNoDrift() {
    assertEquals(List.of(), drift(keycloak.realmAsCode()));
  }

  @Test
  void namesWhatSomebodyChangedAndPutsItRight() {
    admin.put("", json("{\"realm\": \"indelible\", \"accessTokenLifespan\": 3600}"));
    JsonObject alder = client("alder-system");
    admin.put(
        "clients/" + RunningRealm.id(alder),
        json("{\"clientId\": \"alder-system\", \"standardFlowEnabled\": true}"));
    JsonObject ledgerAudience = scope("ledger-service-audience");
    admin.put(
        "clients/%s/default-client-scopes/%s"
            .formatted(RunningRealm.id(alder), RunningRealm.id(ledgerAudience)),
        json("{}"));
    JsonObject mapper = (JsonObject) ledgerAudience.list("protocolMappers").getFirst();
    admin.delete(
        "client-scopes/%s/protocol-mappers/models/%s"
            .formatted(RunningRealm.id(ledgerAudience), RunningRealm.id(mapper)));
    JsonObject account = admin.get("clients/" + RunningRealm.id(alder) + "/service-account-user");
    JsonObject operator = admin.get("roles/operator");
    admin.post(
        "users/" + RunningRealm.id(account) + "/role-mappings/realm",
        new JsonArray(List.of(operator)));

    JsonObject everybodys = admin.get("roles/default-roles-indelible");
    admin.post(
        "roles-by-id/" + RunningRealm.id(everybodys) + "/composites",
        new JsonArray(List.of(operator)));

    List<String> places = drift(keycloak.realmAsCode()).stream().map(Drift::where).toList();
    for (String place :
        List.of(
            "accessTokenLifespan",
            "roles/realm/default-roles-indelible/composite",
            "clients/alder-system/standardFlowEnabled",
            "clients/alder-system/defaultClientScopes",
            "clientScopes/ledger-service-audience/protocolMappers/" + name(mapper),
            "users/service-account-alder-system/realmRoles")) {
      assertTrue(places.contains(place), () -> place + " is not among " + places);
    }
    assertEquals(6, places.size(), places::toString);

    reconcile(keycloak.realmAsCode()).apply();
    assertFalse(stack.tokens().ofMachine("alder-system", Set.of()).text().isEmpty());
  }

  @Test
  void whatNobodyCodedIsReportedAndStays() {
    admin.post("roles", json("{\"name\": \"shadow\"}"));
    reconcile(keycloak.realmAsCode()).apply();
    assertEquals(
        List.of(new Drift("roles/realm/shadow", Drift.NOTHING, "there")),
        drift(keycloak.realmAsCode()));
    admin.delete("roles/shadow");
  }

  @Test
  void aChangeOfTheCodeReachesTheRunningRealm() {
    JsonObject changed =
        with(
            with(
                keycloak.realmAsCode(),
                "organizations",
                "{\"name\": \"Elm\", \"alias\": \"elm\", \"enabled\": true,"
                    + " \"domains\": [{\"name\": \"elm.example\", \"verified\": false}]}"),
            "clients",
            "{\"clientId\": \"elm-system\", \"enabled\": true, \"publicClient\": false,"
                + " \"serviceAccountsEnabled\": true, \"clientAuthenticatorType\": \"client-jwt\","
                + " \"defaultClientScopes\": [\"basic\", \"claims-service-audience\"]}");
    assertEquals(2, drift(changed).size());
    ReconcileRealm realm = reconcile(changed);
    realm.apply();
    assertEquals(List.of(), realm.drift());

    admin.delete("clients/" + RunningRealm.id(client("elm-system")));
    JsonObject elm =
        admin.list("organizations").stream()
            .filter(each -> each.findString("alias").orElse("").equals("elm"))
            .findFirst()
            .orElseThrow();
    admin.delete("organizations/" + RunningRealm.id(elm));
  }

  /// What was done, when, by whom and from where; nothing of what was written, since that may be
  /// about a person.
  @Test
  void aChangeByAnAdministratorLeavesAnEvent() {
    admin.delete("admin-events");
    admin.put("", json("{\"realm\": \"indelible\", \"accessTokenLifespan\": 3600}"));
    admin.post(
        "users",
        json(
            "{\"username\": \"newcomer\", \"lastName\": \"Nameworthy\", \"email\":"
                + " \"n@home.example\"}"));
    String person = RunningRealm.id(admin.list("users?exact=true&username=newcomer").getFirst());
    admin.delete("users/" + person);
    List<JsonObject> events = admin.list("admin-events?direction=asc");
    reconcile(keycloak.realmAsCode()).apply();

    assertEquals(
        List.of("UPDATE REALM -", "CREATE USER users/" + person, "DELETE USER users/" + person),
        events.stream().map(ReconcileRealmTest::told).toList());
    for (JsonObject event : events) {
      JsonObject who = (JsonObject) event.members().get("authDetails");
      assertEquals(Set.of("clientId", "ipAddress", "realmId", "userId"), who.members().keySet());
      assertTrue(event.members().containsKey("time"), event::toString);
    }
    String all = events.toString();
    for (String written : List.of("3600", "newcomer", "Nameworthy", "home.example")) {
      assertFalse(all.contains(written), all);
    }
  }

  private static String told(JsonObject event) {
    return String.join(
        " ",
        event.findString("operationType").orElseThrow(),
        event.findString("resourceType").orElseThrow(),
        event.findString("resourcePath").orElse("-"));
  }

  @Test
  void namesEventsThatAreNotKeptOrTellTooMuch() {
    admin.put(
        "",
        json(
            "{\"realm\": \"indelible\", \"adminEventsEnabled\": false,"
                + " \"adminEventsDetailsEnabled\": true, \"eventsListeners\": [],"
                + " \"attributes\": {\"adminEventsExpiration\": \"60\"}}"));
    assertEquals(
        Set.of(
            "adminEventsEnabled",
            "adminEventsDetailsEnabled",
            "eventsListeners",
            "attributes/adminEventsExpiration"),
        drift(keycloak.realmAsCode()).stream().map(Drift::where).collect(Collectors.toSet()));
    reconcile(keycloak.realmAsCode()).apply();
  }

  /// Ten wrong passwords, and the right one is not looked at for a while.
  @Test
  void guessingIsSlowedDown() throws Exception {
    admin.post(
        "users",
        json(
            """
            {"username": "guessed", "enabled": true, "email": "guessed@people.example",
             "emailVerified": true, "firstName": "Some", "lastName": "Body",
             "credentials": [{"type": "password", "value": "demo"}]}\
            """));
    String person = RunningRealm.id(admin.list("users?exact=true&username=guessed").getFirst());
    // New people have to make a passkey first.
    admin.put("users/" + person, json("{\"requiredActions\": []}"));
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertEquals(200, signIn(http, "demo"));
      for (int i = 0; i < 10; i++) {
        assertNotEquals(200, signIn(http, "wrong" + i));
      }
      assertNotEquals(200, signIn(http, "demo"));
    } finally {
      admin.delete("users/" + person);
    }
  }

  private static int signIn(HttpClient http, String password) throws Exception {
    String form =
        "grant_type=password&client_id=indelible-cli&username=guessed&password=" + password;
    URI token = URI.create(keycloak.issuer() + "/protocol/openid-connect/token");
    return http.send(
            HttpRequest.newBuilder(token)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private List<Drift> drift(JsonObject code) {
    return reconcile(code).drift();
  }

  private ReconcileRealm reconcile(JsonObject code) {
    return new ReconcileRealm(admin, code);
  }

  private JsonObject client(String id) {
    return admin.list("clients?clientId=" + id).getFirst();
  }

  private JsonObject scope(String name) {
    return admin.list("client-scopes").stream()
        .filter(each -> name(each).equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String name(JsonObject element) {
    return element.findString("name").orElseThrow();
  }

  private static JsonObject json(String text) {
    return JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonObject with(JsonObject realm, String list, String element) {
    Map<String, Json> members = new LinkedHashMap<>(realm.members());
    List<Json> elements = new ArrayList<>(realm.list(list));
    elements.add(json(element));
    members.put(list, new JsonArray(elements));
    return new JsonObject(members);
  }
}
