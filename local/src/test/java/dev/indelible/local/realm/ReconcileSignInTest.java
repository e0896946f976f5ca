package dev.indelible.local.realm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.indelible.local.KeycloakServer;
import dev.indelible.local.Shape;
import dev.indelible.local.Stack;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonArray;
import dev.indelible.transparency.canonical.Json.JsonNumber;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.Json.JsonString;
import dev.indelible.transparency.canonical.JsonReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Somebody with the administrator's password makes it easier to get in: every way is named, and
/// mended.
class ReconcileSignInTest {
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
  void begin() {
    admin = keycloak.admin();
    assertEquals(List.of(), reconcile().drift());
  }

  /// Afterwards the realm is as the code says, and a passkey still opens it.
  @AfterEach
  void mended() {
    reconcile().apply();
    assertEquals(List.of(), reconcile().drift());
    admin.close();
    assertFalse(keycloak.passkeys().signIn("operator").findString("access_token").isEmpty());
  }

  @Test
  void levelsThatAskForLess() {
    JsonObject passkey =
        step("sign in: passkey for level 3", "webauthn-authenticator-passwordless");
    admin.put(
        executions("sign in: passkey for level 3"),
        with(passkey, "requirement", new JsonString("DISABLED")));
    JsonObject level = step("sign in: level 2", "conditional-level-of-authentication");
    String config = level.findString("authenticationConfig").orElseThrow();
    admin.put(
        "authentication/config/" + config,
        json(
            "{\"id\": \"%s\", \"alias\": \"level 2\",".formatted(config)
                + " \"config\": {\"loa-condition-level\": \"2\", \"loa-max-age\": \"9999999\"}}"));
    admin.post(
        executions("sign in") + "/execution",
        json("{\"provider\": \"identity-provider-redirector\"}"));
    named(
        "authenticationFlows/sign in/steps",
        "authenticationFlows/sign in: level 2/steps",
        "authenticationFlows/sign in: passkey for level 3/steps");
  }

  @Test
  void anotherFlowInThePlaceOfOurs() {
    String easy = copy("password grant", "easy");
    bind("browserFlow", "easy");
    changeClient("{\"authenticationFlowBindingOverrides\": {\"browser\": \"%s\"}}".formatted(easy));
    named("browserFlow", "clients/indelible-cli/authenticationFlowBindingOverrides/browser");
    reconcile().apply();
    admin.delete("authentication/flows/" + easy);
  }

  /// As a realm was before the code had flows.
  @Test
  void noFlowOfOursAtAll() {
    String browser = copy("sign in", "old sign in");
    String grant = copy("password grant", "old grant");
    bind("browserFlow", "old sign in");
    bind("directGrantFlow", "old grant");
    admin.delete("authentication/flows/" + flow("sign in"));
    admin.delete("authentication/flows/" + flow("password grant"));
    named(
        "browserFlow",
        "directGrantFlow",
        "authenticationFlows/sign in",
        "authenticationFlows/sign in: levels",
        "authenticationFlows/sign in: level 1",
        "authenticationFlows/sign in: level 2",
        "authenticationFlows/sign in: passkey for level 2",
        "authenticationFlows/sign in: level 3",
        "authenticationFlows/sign in: passkey for level 3",
        "authenticationFlows/password grant");
    reconcile().apply();
    admin.delete("authentication/flows/" + browser);
    admin.delete("authentication/flows/" + grant);
    assertFalse(stack.tokens().ofUser("birch").isEmpty());
  }

  /// Returns the copy's id.
  private String copy(String flow, String name) {
    admin.post(
        "authentication/flows/" + KeycloakAdmin.part(flow) + "/copy",
        json("{\"newName\": \"%s\"}".formatted(name)));
    return flow(name);
  }

  private void bind(String use, String flow) {
    admin.put("", json("{\"realm\": \"indelible\", \"%s\": \"%s\"}".formatted(use, flow)));
  }

  private String flow(String alias) {
    return admin.list("authentication/flows").stream()
        .filter(flow -> flow.findString("alias").orElse("").equals(alias))
        .map(RunningRealm::id)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aClientWhoseTokensSayMoreThanHappened() {
    JsonObject client = client();
    admin.post(
        "clients/" + RunningRealm.id(client) + "/protocol-mappers/models",
        json(
            "{\"name\": \"always 3\", \"protocol\": \"openid-connect\","
                + " \"protocolMapper\": \"oidc-hardcoded-claim-mapper\", \"config\":"
                + " {\"claim.name\": \"acr\", \"claim.value\": \"3\","
                + " \"access.token.claim\": \"true\"}}"));
    changeClient(
        "{\"attributes\": {\"acr.loa.map\": \"{\\\"3\\\":1}\","
            + " \"require.pushed.authorization.requests\": \"false\"}}");
    named(
        "clients/indelible-cli/attributes/acr.loa.map",
        "clients/indelible-cli/attributes/require.pushed.authorization.requests",
        "clients/indelible-cli/protocolMappers/always 3");
  }

  @Test
  void passkeysOfWeakerKindsAndOtherWaysIn() {
    JsonObject weaker =
        with(
            admin.get(""),
            "webAuthnPolicyPasswordlessUserVerificationRequirement",
            new JsonString("discouraged"));
    admin.put(
        "",
        with(
            weaker,
            "webAuthnPolicyPasswordlessExtraOrigins",
            new JsonArray(List.of(new JsonString("https://evil.example")))));
    admin.post(
        "authentication/register-required-action",
        json("{\"providerId\": \"CONFIGURE_TOTP\", \"name\": \"Configure OTP\"}"));
    JsonObject register =
        admin.get("authentication/required-actions/webauthn-register-passwordless");
    admin.put(
        "authentication/required-actions/webauthn-register-passwordless",
        with(register, "enabled", new Json.JsonBoolean(false)));
    named(
        "requiredActions/CONFIGURE_TOTP",
        "requiredActions/webauthn-register-passwordless/enabled",
        "webAuthnPolicyPasswordlessExtraOrigins",
        "webAuthnPolicyPasswordlessUserVerificationRequirement");
  }

  /// Whom the realm would believe, and whose passwords it would take. They are only named: whoever
  /// set them up may have had a reason.
  @Test
  void peopleFromElsewhere() {
    admin.post(
        "identity-provider/instances",
        json(
            "{\"alias\": \"elsewhere\", \"providerId\": \"oidc\", \"enabled\": true, \"config\":"
                + " {\"clientId\": \"x\", \"clientSecret\": \"y\","
                + " \"authorizationUrl\": \"https://evil.example/auth\","
                + " \"tokenUrl\": \"https://evil.example/token\"}}"));
    admin.post(
        "components",
        json(
            "{\"name\": \"directory\", \"providerId\": \"ldap\", \"providerType\":"
                + " \"org.keycloak.storage.UserStorageProvider\", \"config\":"
                + " {\"enabled\": [\"false\"], \"vendor\": [\"other\"], \"editMode\": [\"READ_ONLY\"],"
                + " \"connectionUrl\": [\"ldap://evil.example\"], \"authType\": [\"none\"],"
                + " \"usersDn\": [\"o=evil\"], \"usernameLDAPAttribute\": [\"uid\"],"
                + " \"rdnLDAPAttribute\": [\"uid\"], \"uuidLDAPAttribute\": [\"entryUUID\"],"
                + " \"userObjectClasses\": [\"person\"]}}"));
    try {
      named(
          "identityProviders/elsewhere",
          "components/org.keycloak.storage.UserStorageProvider/directory");
    } finally {
      admin.delete("identity-provider/instances/elsewhere");
      admin
          .list("components?name=directory")
          .forEach(each -> admin.delete("components/" + RunningRealm.id(each)));
    }
  }

  /// Whoever knows it signs tokens that the services believe, whether or not it signs the realm's.
  @Test
  void anotherKeyOfTheRealm() {
    String keys = "org.keycloak.keys.KeyProvider";
    for (String name : List.of("spare", "tokens-ps256")) {
      admin.post(
          "components",
          json(
              ("{\"name\": \"%s\", \"providerId\": \"rsa-generated\", \"providerType\": \"%s\","
                      + " \"config\": {\"active\": [\"false\"], \"priority\": [\"100\"],"
                      + " \"algorithm\": [\"PS256\"], \"keySize\": [\"2048\"]}}")
                  .formatted(name, keys)));
    }
    try {
      named("components/" + keys + "/spare", "components/" + keys + "/tokens-ps256");
    } finally {
      JsonArray no = new JsonArray(List.of(new JsonString("false")));
      admin.list("components?type=" + keys).stream()
          .filter(
              each ->
                  no.equals(
                      ((JsonObject) each.find("config").orElseThrow()).members().get("active")))
          .forEach(each -> admin.delete("components/" + RunningRealm.id(each)));
    }
  }

  @Test
  void rolesThatHoldMoreThanTheySay() {
    String alder = "clients/" + RunningRealm.id(client("alder-system"));
    admin.post(alder + "/roles", json("{\"name\": \"shadow\"}"));
    admin.post("groups", json("{\"name\": \"shadow\"}"));
    JsonObject operator = admin.get("roles/operator");
    JsonObject administrator = role("realm-management", "realm-admin");
    holds(admin.get(alder + "/roles/shadow"), operator);
    holds(admin.get("roles/claim-submitter"), operator);
    holds(admin.get("roles/default-roles-indelible"), administrator);
    holds(role("account", "manage-account"), administrator);
    String[] doors = {"groups/shadow", "roles/client/alder-system/shadow"};
    named(
        "groups/shadow",
        "roles/client/account/manage-account/composites",
        "roles/client/alder-system/shadow",
        "roles/realm/claim-submitter/composite",
        "roles/realm/default-roles-indelible/composite");
    reconcile().apply();
    named(doors);
    admin.delete(alder + "/roles/shadow");
    admin.list("groups").forEach(each -> admin.delete("groups/" + RunningRealm.id(each)));
    // What everybody has for their own account stays.
    assertEquals(2, admin.list("roles/default-roles-indelible/composites").size());
  }

  private void holds(JsonObject role, JsonObject other) {
    admin.post(
        "roles-by-id/" + RunningRealm.id(role) + "/composites", new JsonArray(List.of(other)));
  }

  private JsonObject role(String client, String name) {
    return admin.get("clients/" + RunningRealm.id(client(client)) + "/roles/" + name);
  }

  /// People are not code, and who works where is their organisation's affair; but nobody
  /// administers the realm from within, and nobody writes to the ledger by hand.
  @Test
  void peopleWithRolesThatNobodyHas() {
    String mappings =
        "users/"
            + RunningRealm.id(admin.list("users?exact=true&username=operator").getFirst())
            + "/role-mappings/";
    String clients = mappings + "clients/" + RunningRealm.id(client("realm-management"));
    JsonArray administrator = new JsonArray(List.of(role("realm-management", "manage-users")));
    JsonArray writer = new JsonArray(List.of(admin.get("roles/log-writer")));
    admin.post(clients, administrator);
    admin.post(mappings + "realm", writer);
    try {
      named("roles/client/realm-management/manage-users/holders", "roles/realm/log-writer/holders");
    } finally {
      admin.delete(clients, administrator);
      admin.delete(mappings + "realm", writer);
    }
  }

  @Test
  void clientsThatOpenMoreThanTheCodeSays() {
    mapper(
        "admin-cli",
        "audience",
        "oidc-audience-mapper",
        "\"included.client.audience\": \"claims-service\"");
    mapper(
        "alder-system",
        "another insurer",
        "oidc-hardcoded-claim-mapper",
        "\"claim.name\": \"organization\", \"claim.value\": \"birch\"");
    admin.put(
        "clients/%s/default-client-scopes/%s"
            .formatted(
                RunningRealm.id(client("security-admin-console")),
                admin.list("client-scopes").stream()
                    .filter(each -> each.findString("name").orElse("").startsWith("claims-service"))
                    .map(RunningRealm::id)
                    .findFirst()
                    .orElseThrow()),
        json("{}"));
    changeClient("account-console", "{\"redirectUris\": [\"https://evil.example/*\"]}");
    changeClient(
        "alder-system",
        "{\"attributes\": {\"use.jwks.string\": \"false\", \"use.jwks.url\": \"true\", \"jwks.url\": \"https://evil.example\"},"
            + " \"redirectUris\": [\"https://evil.example/*\"]}");
    named(
        "clients/account-console/redirectUris",
        "clients/admin-cli/protocolMappers/audience",
        "clients/alder-system/attributes/jwks.url",
        "clients/alder-system/attributes/use.jwks.string",
        "clients/alder-system/attributes/use.jwks.url",
        "clients/alder-system/protocolMappers/another insurer",
        "clients/alder-system/redirectUris",
        "clients/security-admin-console/defaultClientScopes");
  }

  private void mapper(String client, String name, String kind, String config) {
    admin.post(
        "clients/" + RunningRealm.id(client(client)) + "/protocol-mappers/models",
        json(
            ("{\"name\": \"%s\", \"protocol\": \"openid-connect\", \"protocolMapper\": \"%s\","
                    + " \"config\": {%s, \"access.token.claim\": \"true\"}}")
                .formatted(name, kind, config)));
  }

  /// After half an hour without use, or after ten hours; here once somebody has cut that to a
  /// second.
  @Tag("hipaa/164.312.a.2.iii")
  @Test
  void aSessionEndsByItself() throws Exception {
    JsonObject realm = admin.get("");
    assertEquals(new JsonNumber("1800"), realm.members().get("ssoSessionIdleTimeout"));
    assertEquals(new JsonNumber("36000"), realm.members().get("ssoSessionMaxLifespan"));
    String token = keycloak.passkeys().signIn("operator").findString("access_token").orElseThrow();
    assertEquals(200, userInfo(token));
    admin.put("", json("{\"realm\": \"indelible\", \"ssoSessionMaxLifespan\": 1}"));
    Thread.sleep(2_100);
    assertEquals(401, userInfo(token));
    named("ssoSessionMaxLifespan");
  }

  /// What Keycloak says to whoever shows a token of a session.
  private static int userInfo(String token) throws Exception {
    URI address = URI.create(keycloak.issuer() + "/protocol/openid-connect/userinfo");
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(address).header("Authorization", "Bearer " + token).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  @Test
  void aMachineOfTwoOrganisations() {
    JsonObject birch =
        admin
            .list("organizations?exact=true&search=" + KeycloakAdmin.part("Birch Health"))
            .getFirst();
    JsonObject account =
        admin.get("clients/" + RunningRealm.id(client("alder-system")) + "/service-account-user");
    admin.post(
        "organizations/" + RunningRealm.id(birch) + "/members",
        new JsonString(RunningRealm.id(account)));
    named("organizations/birch/machines");
  }

  @Test
  void aWishForAPasskeyTakesNothingElseBack() {
    String user =
        "users/" + RunningRealm.id(admin.list("users?exact=true&username=regulator").getFirst());
    JsonArray password = new JsonArray(List.of(new JsonString("UPDATE_PASSWORD")));
    admin.put(user, with(admin.get(user), "requiredActions", password));
    try {
      try (PasskeyInvitation invitation = PasskeyInvitation.to("regulator", admin)) {
        assertEquals(2, admin.get(user).list("requiredActions").size());
      }
      assertEquals(password.elements(), admin.get(user).list("requiredActions"));
    } finally {
      admin.put(user, with(admin.get(user), "requiredActions", new JsonArray(List.of())));
    }
  }

  @Test
  void rulesThatClientsNeedNoLongerKeep() {
    admin.put("client-policies/policies", json("{\"policies\": []}"));
    admin.put("client-policies/profiles", json("{\"profiles\": []}"));
    named(
        "clientPolicies/policies/no-passwords-for-clients",
        "clientPolicies/policies/people",
        "clientProfiles/profiles/no-passwords-for-clients",
        "clientProfiles/profiles/people");
  }

  private void named(String... places) {
    assertEquals(
        new TreeSet<>(List.of(places)),
        new TreeSet<>(reconcile().drift().stream().map(Drift::where).toList()));
  }

  private ReconcileRealm reconcile() {
    return new ReconcileRealm(admin, keycloak.realmAsCode());
  }

  private JsonObject client() {
    return client("indelible-cli");
  }

  private JsonObject client(String id) {
    return admin.list("clients?clientId=" + id).getFirst();
  }

  /// Members of objects are merged, as an administrator's form would send them.
  private void changeClient(String members) {
    changeClient("indelible-cli", members);
  }

  private void changeClient(String id, String members) {
    JsonObject client = client(id);
    Map<String, Json> all = new LinkedHashMap<>(client.members());
    json(members)
        .members()
        .forEach(
            (name, value) ->
                all.merge(
                    name,
                    value,
                    (old, more) -> {
                      if (!(old instanceof JsonObject below)) {
                        return more;
                      }
                      Map<String, Json> merged = new LinkedHashMap<>(below.members());
                      merged.putAll(((JsonObject) more).members());
                      return new JsonObject(merged);
                    }));
    admin.put("clients/" + RunningRealm.id(client), new JsonObject(all));
  }

  private JsonObject step(String flow, String authenticator) {
    return admin.list(executions(flow)).stream()
        .filter(each -> each.findString("providerId").orElse("").equals(authenticator))
        .findFirst()
        .orElseThrow();
  }

  private static String executions(String flow) {
    return "authentication/flows/" + KeycloakAdmin.part(flow) + "/executions";
  }

  private static JsonObject with(JsonObject object, String member, Json value) {
    Map<String, Json> members = new LinkedHashMap<>(object.members());
    members.put(member, value);
    return new JsonObject(members);
  }

  private static JsonObject json(String text) {
    return JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8));
  }
}
