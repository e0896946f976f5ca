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

/// A realm as it is in force, in the form of Keycloak's realm file. People are left out, but for
/// who has what nobody of them may have.
final class RunningRealm {
  private static final Set<String> EVERYBODYS_ROLE = Set.of("default-roles-indelible");
  private static final Set<String> SIGN_IN =
      Set.of("authenticationFlows", "authenticatorConfig", "requiredActions");

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
    realm.put("clientScopes", all(admin.list("client-scopes")));
    List<JsonObject> clients = admin.list("clients");
    realm.put("clients", all(clients));
    realm.put("roles", new RunningRoles(admin, clients).read());
    realm.put("groups", all(admin.list("groups?max=1000")));
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
      List<JsonObject> members = admin.list(path);
      organisation.put("members", all(members));
      organisation.put("machines", Silence.machines(members));
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
}
