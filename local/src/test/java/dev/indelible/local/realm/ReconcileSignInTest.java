package dev.indelible.local.realm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.indelible.local.KeycloakServer;
import dev.indelible.local.Shape;
import dev.indelible.local.Stack;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonArray;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.Json.JsonString;
import dev.indelible.transparency.canonical.JsonReader;
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
@Tag("asvs-5.0/10.3.2")
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
    return admin.list("clients?clientId=indelible-cli").getFirst();
  }

  /// Members of objects are merged, as an administrator's form would send them.
  private void changeClient(String members) {
    JsonObject client = client();
    Map<String, Json> all = new LinkedHashMap<>(client.members());
    json(members)
        .members()
        .forEach(
            (name, value) ->
                all.merge(
                    name,
                    value,
                    (old, more) -> {
                      Map<String, Json> merged = new LinkedHashMap<>(((JsonObject) old).members());
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
