package dev.indelible.local.realm;

import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonArray;
import dev.indelible.transparency.canonical.Json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// A realm as it is in force, in the form of Keycloak's realm file. What every realm has without
/// being told, Keycloak's own clients, is left out, and so are people.
final class RunningRealm {
  private static final Set<String> OWN_CLIENTS =
      Set.of(
          "account",
          "account-console",
          "admin-cli",
          "broker",
          "realm-management",
          "security-admin-console");
  private static final Set<String> EVERYBODYS_ROLE = Set.of("default-roles-indelible");
  private static final Set<String> SIGN_IN =
      Set.of("authenticationFlows", "authenticatorConfig", "requiredActions");
  private static final String OWN_FLOWS = "authenticationFlowBindingOverrides";

  /// Keys of tokens, and directories whose people may sign in.
  private static final List<String> COMPONENTS =
      List.of("org.keycloak.keys.KeyProvider", "org.keycloak.storage.UserStorageProvider");

  private RunningRealm() {}

  /// Reads it all; every element keeps its `id`.
  static JsonObject read(KeycloakAdmin admin) {
    Map<String, Json> realm = new LinkedHashMap<>(admin.get("").members());
    for (String kind : List.of("Default", "Optional")) {
      String path = "default-" + kind.toLowerCase(Locale.ROOT) + "-client-scopes";
      realm.put("default" + kind + "ClientScopes", names(all(admin.list(path))));
    }
    List<JsonObject> roles = admin.list("roles?briefRepresentation=false");
    realm.put("roles", object("realm", all(roles.stream().map(r -> role(admin, r)).toList())));
    realm.put("clientScopes", all(admin.list("client-scopes")));
    List<JsonObject> clients = admin.list("clients");
    realm.put("clients", flowsOf(others(clients, "clientId", OWN_CLIENTS)));
    realm.put("users", serviceAccounts(admin, clients));
    realm.put("organizations", organisations(admin));
    realm.put("components", components(admin));
    realm.put("identityProviders", all(admin.list("identity-provider/instances")));
    realm.putAll(signIn(admin));
    return new JsonObject(realm);
  }

  private static JsonObject components(KeycloakAdmin admin) {
    Map<String, Json> byType = new LinkedHashMap<>();
    COMPONENTS.forEach(type -> byType.put(type, all(admin.list("components?type=" + type))));
    return new JsonObject(byType);
  }

  /// How people sign in, and what clients have to keep to.
  private static Map<String, Json> signIn(KeycloakAdmin admin) {
    Map<String, Json> signIn = new LinkedHashMap<>(admin.exported().members());
    signIn.keySet().retainAll(SIGN_IN);
    signIn.put("clientProfiles", admin.get("client-policies/profiles"));
    signIn.put("clientPolicies", admin.get("client-policies/policies"));
    return signIn;
  }

  /// Where a client has no flow of its own Keycloak says nothing; here, an empty name.
  private static JsonArray flowsOf(JsonArray clients) {
    return new JsonArray(
        clients.elements().stream().<Json>map(client -> flowsOf((JsonObject) client)).toList());
  }

  private static JsonObject flowsOf(JsonObject client) {
    Map<String, Json> members = new LinkedHashMap<>(client.members());
    Map<String, Json> flows = new LinkedHashMap<>();
    List.of("browser", "direct_grant").forEach(use -> flows.put(use, new Json.JsonString("")));
    if (members.get(OWN_FLOWS) instanceof JsonObject own) {
      flows.putAll(own.members());
    }
    members.put(OWN_FLOWS, new JsonObject(flows));
    return new JsonObject(members);
  }

  /// A role that holds only what Keycloak's own account pages need holds nothing of the realm's.
  private static JsonObject role(KeycloakAdmin admin, JsonObject role) {
    Map<String, Json> members = new LinkedHashMap<>(role.members());
    boolean holds =
        new Json.JsonBoolean(true).equals(members.get("composite"))
            && !admin.list("roles-by-id/" + id(role) + "/composites/realm").isEmpty();
    members.put("composite", new Json.JsonBoolean(holds));
    return new JsonObject(members);
  }

  private static JsonArray all(List<JsonObject> elements) {
    return new JsonArray(List.copyOf(elements));
  }

  private static JsonArray others(List<JsonObject> all, String name, Set<String> own) {
    Predicate<JsonObject> isOurs = each -> !own.contains(each.findString(name).orElse(""));
    return all(all.stream().filter(isOurs).toList());
  }

  private static JsonArray serviceAccounts(KeycloakAdmin admin, List<JsonObject> clients) {
    List<Json> accounts = new ArrayList<>();
    for (JsonObject client : clients) {
      if (new Json.JsonBoolean(true).equals(client.members().get("serviceAccountsEnabled"))) {
        String path = "clients/" + id(client) + "/service-account-user";
        JsonObject account = admin.get(path);
        List<JsonObject> roles = admin.list("users/" + id(account) + "/role-mappings/realm");
        Map<String, Json> user = new LinkedHashMap<>(account.members());
        user.put("serviceAccountClientId", client.members().get("clientId"));
        user.put("realmRoles", names(others(roles, "name", EVERYBODYS_ROLE)));
        accounts.add(new JsonObject(user));
      }
    }
    return new JsonArray(accounts);
  }

  private static JsonArray organisations(KeycloakAdmin admin) {
    List<Json> organisations = new ArrayList<>();
    for (JsonObject each : admin.list("organizations?briefRepresentation=false&max=1000")) {
      Map<String, Json> organisation = new LinkedHashMap<>(each.members());
      String path = "organizations/" + id(each) + "/members?max=10000";
      organisation.put("members", all(admin.list(path)));
      organisations.add(new JsonObject(organisation));
    }
    return new JsonArray(organisations);
  }

  static String id(JsonObject element) {
    return element.findString("id").orElseThrow();
  }

  private static JsonArray names(JsonArray elements) {
    return new JsonArray(
        elements.elements().stream()
            .<Json>map(each -> ((JsonObject) each).members().get("name"))
            .toList());
  }

  private static JsonObject object(String name, Json value) {
    return new JsonObject(Map.of(name, value));
  }
}
