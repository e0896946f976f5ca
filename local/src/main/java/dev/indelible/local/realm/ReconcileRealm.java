package dev.indelible.local.realm;

import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonArray;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.Json.JsonString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Brings a running realm in line with the code: makes what is missing, changes what differs, takes
/// away what a client, a role or a machine has too much. Clients, roles, groups, scopes, keys and
/// organisations that the code does not name stay, and are reported as drift: they may be
/// somebody's. So does what a person has.
public final class ReconcileRealm {
  private static final String KEYS = "org.keycloak.keys.KeyProvider";

  /// Lists of the realm itself.
  private static final Set<String> LISTS =
      Set.of(
          "eventsListeners",
          "webAuthnPolicyPasswordlessSignatureAlgorithms",
          "webAuthnPolicyPasswordlessAcceptableAaguids",
          "webAuthnPolicyPasswordlessExtraOrigins");

  private final KeycloakAdmin admin;
  private final JsonObject code;
  private JsonObject running;

  /// Reads the realm.
  public ReconcileRealm(KeycloakAdmin admin, JsonObject code) {
    this.admin = admin;
    this.running = RunningRealm.read(admin);
    this.code = withoutPeople(Silence.broken(code, running));
  }

  /// People are not code: whoever is a user, and a member of what, is the organisations' affair.
  private static JsonObject withoutPeople(JsonObject realm) {
    Map<String, Json> members = new LinkedHashMap<>(realm.members());
    members.put(
        "users",
        new JsonArray(
            realm.list("users").stream()
                .filter(user -> ((JsonObject) user).find("serviceAccountClientId").isPresent())
                .toList()));
    return new JsonObject(members);
  }

  /// What differs.
  public List<Drift> drift() {
    return RealmComparison.of(Flows.told(code), Flows.told(running));
  }

  /// Changes the realm, one resource after the other. When a step is refused those before it stay;
  /// the next run goes on from there.
  public void apply() {
    // First, since the settings name flows.
    new ReconcileSignIn(admin, code).apply(running);
    settings();
    each(roles(code), roles(running), "roles", this::role);
    child(child(code, "roles"), "client").members().keySet().forEach(this::rolesOfClient);
    each(
        elements(code, "clientScopes"),
        elements(running, "clientScopes"),
        "client-scopes",
        this::scope);
    each(elements(code, "clients"), elements(running, "clients"), "clients", this::client);
    each(
        elements(code, "organizations"),
        elements(running, "organizations"),
        "organizations",
        this::changed);
    each(keys(code), keys(running), "components", this::changed);
    running = RunningRealm.read(admin);
    elements(code, "clients").forEach(this::scopesOf);
    elements(code, "users").forEach(this::rolesOf);
    elements(code, "organizations").forEach(this::machinesOf);
    elements(code, "organizations").forEach(this::membersOf);
    running = RunningRealm.read(admin);
  }

  /// What a resource of the code becomes when the realm has it already.
  private interface Change {
    void to(String path, JsonObject code, JsonObject running);
  }

  private void each(
      Map<String, JsonObject> wanted, Map<String, JsonObject> there, String path, Change change) {
    wanted.forEach(
        (name, element) -> {
          JsonObject present = there.get(name);
          if (present == null) {
            admin.post(path, fresh(path, element));
          } else if (!RealmComparison.of(path + "/" + name, element, present).isEmpty()) {
            change.to(path + "/" + RunningRealm.id(present), element, present);
          }
        });
  }

  private static JsonObject fresh(String path, JsonObject element) {
    Map<String, Json> members = new LinkedHashMap<>(element.members());
    if (path.equals("components")) {
      members.put("providerType", new JsonString(KEYS));
    }
    return plain(members);
  }

  /// Numbers, texts and switches of the realm itself, and who hears its events.
  private void settings() {
    Map<String, Json> own = new LinkedHashMap<>(admin.get("").members());
    Map<String, Json> before = Map.copyOf(own);
    code.members()
        .forEach(
            (name, value) -> {
              if (value instanceof Json.Scalar || LISTS.contains(name)) {
                own.put(name, value);
              } else if (name.equals("attributes")) {
                own.merge(name, value, ReconcileRealm::merged);
              }
            });
    if (!own.equals(before)) {
      admin.put("", new JsonObject(own));
    }
  }

  private static Json merged(Json below, Json above) {
    Map<String, Json> members = new LinkedHashMap<>(((JsonObject) below).members());
    members.putAll(((JsonObject) above).members());
    return new JsonObject(members);
  }

  private void changed(String path, JsonObject element, JsonObject present) {
    Map<String, Json> members = new LinkedHashMap<>(present.members());
    members.putAll(element.members());
    admin.put(path, plain(members));
  }

  /// Without what is a resource of its own, or ours.
  private static JsonObject plain(Map<String, Json> members) {
    Map<String, Json> rest = new LinkedHashMap<>(members);
    List.of("members", "machines", "holders", "parts", "composites").forEach(rest::remove);
    return new JsonObject(rest);
  }

  private void role(String path, JsonObject element, JsonObject present) {
    String own = "roles-by-id/" + RunningRealm.id(present);
    changed(own, element, present);
    if (new Json.JsonBoolean(false).equals(element.members().get("composite"))) {
      takeOut(own, present.list("parts"));
    }
  }

  /// Which roles a client has is left alone; what they hold is not.
  private void rolesOfClient(String client) {
    Map<String, JsonObject> wanted = elements(child(child(code, "roles"), "client"), client);
    elements(child(child(running, "roles"), "client"), client)
        .forEach(
            (name, role) -> {
              JsonObject meant = wanted.getOrDefault(name, new JsonObject(Map.of()));
              List<Json> names = role.list("composites");
              List<Json> parts = role.list("parts");
              takeOut(
                  "roles-by-id/" + RunningRealm.id(role),
                  IntStream.range(0, names.size())
                      .filter(i -> !meant.list("composites").contains(names.get(i)))
                      .mapToObj(parts::get)
                      .toList());
            });
  }

  private void takeOut(String role, List<Json> parts) {
    if (!parts.isEmpty()) {
      admin.delete(role + "/composites", new JsonArray(parts));
    }
  }

  private void scope(String path, JsonObject element, JsonObject present) {
    changed(path, without(element, "protocolMappers"), without(present, "protocolMappers"));
    mappers(path, element, present);
  }

  private void mappers(String path, JsonObject element, JsonObject present) {
    String mappers = path + "/protocol-mappers/models";
    Map<String, JsonObject> wanted = elements(element, "protocolMappers");
    Map<String, JsonObject> there = elements(present, "protocolMappers");
    each(wanted, there, mappers, this::changed);
    there.forEach(
        (name, mapper) -> {
          if (!wanted.containsKey(name)) {
            admin.delete(mappers + "/" + RunningRealm.id(mapper));
          }
        });
  }

  private void client(String path, JsonObject element, JsonObject present) {
    Map<String, Json> members = new LinkedHashMap<>(element.members());
    members.remove("protocolMappers");
    for (String map : List.of("attributes", "authenticationFlowBindingOverrides")) {
      members.put(map, emptied(child(element, map), child(present, map)));
    }
    changed(path, new JsonObject(members), present);
    mappers(path, element, present);
  }

  /// With nothing in the place of what is too much, which is how Keycloak forgets it.
  private static JsonObject emptied(JsonObject wanted, JsonObject there) {
    Map<String, Json> members = new LinkedHashMap<>(wanted.members());
    RealmComparison.surplus(wanted, there).forEach(name -> members.put(name, new JsonString("")));
    return new JsonObject(members);
  }

  private void scopesOf(String clientId, JsonObject client) {
    JsonObject present = elements(running, "clients").get(clientId);
    if (present == null) {
      return;
    }
    Map<String, JsonObject> scopes = elements(running, "clientScopes");
    for (String kind : List.of("default", "optional")) {
      Set<String> wanted = texts(client, kind + "ClientScopes");
      Set<String> there = texts(present, kind + "ClientScopes");
      String path = "clients/" + RunningRealm.id(present) + "/" + kind + "-client-scopes/";
      there.stream()
          .filter(name -> !wanted.contains(name) && scopes.containsKey(name))
          .forEach(name -> admin.delete(path + id(scopes, name)));
      wanted.stream()
          .filter(name -> !there.contains(name) && scopes.containsKey(name))
          .forEach(name -> admin.put(path + id(scopes, name), new JsonObject(Map.of())));
    }
  }

  private void rolesOf(String username, JsonObject user) {
    JsonObject present = elements(running, "users").get(username);
    if (present == null) {
      return;
    }
    Set<String> wanted = texts(user, "realmRoles");
    Set<String> there = texts(present, "realmRoles");
    String path = "users/" + RunningRealm.id(present) + "/role-mappings/realm";
    List<Json> missing = rolesNamed(wanted, there);
    List<Json> surplus = rolesNamed(there, wanted);
    if (!missing.isEmpty()) {
      admin.post(path, new JsonArray(missing));
    }
    if (!surplus.isEmpty()) {
      admin.delete(path, new JsonArray(surplus));
    }
  }

  private List<Json> rolesNamed(Set<String> names, Set<String> but) {
    Map<String, JsonObject> roles = roles(running);
    return names.stream()
        .filter(name -> !but.contains(name) && roles.containsKey(name))
        .<Json>map(name -> plain(Objects.requireNonNull(roles.get(name)).members()))
        .toList();
  }

  private void membersOf(String alias, JsonObject organisation) {
    JsonObject present = elements(running, "organizations").get(alias);
    if (present == null) {
      return;
    }
    Set<String> there = elements(present, "members").keySet();
    Map<String, JsonObject> accounts = elements(running, "users");
    elements(organisation, "members").keySet().stream()
        .filter(name -> !there.contains(name) && accounts.containsKey(name))
        .forEach(
            name ->
                admin.post(
                    "organizations/" + RunningRealm.id(present) + "/members",
                    new JsonString(id(accounts, name))));
  }

  private void machinesOf(String alias, JsonObject organisation) {
    JsonObject present = elements(running, "organizations").get(alias);
    if (present == null) {
      return;
    }
    Map<String, JsonObject> members = elements(present, "members");
    Set<String> wanted = texts(organisation, "machines");
    texts(present, "machines").stream()
        .filter(name -> !wanted.contains(name))
        .forEach(
            name ->
                admin.delete(
                    "organizations/%s/members/%s"
                        .formatted(RunningRealm.id(present), id(members, name))));
  }

  private static String id(Map<String, JsonObject> elements, String name) {
    return RunningRealm.id(Objects.requireNonNull(elements.get(name)));
  }

  private static Map<String, JsonObject> roles(JsonObject realm) {
    return elements(child(realm, "roles"), "realm");
  }

  private static Map<String, JsonObject> keys(JsonObject realm) {
    return elements(child(realm, "components"), KEYS);
  }

  private static JsonObject child(JsonObject object, String name) {
    return object.members().get(name) instanceof JsonObject child
        ? child
        : new JsonObject(Map.of());
  }

  private static Map<String, JsonObject> elements(JsonObject object, String list) {
    return RealmComparison.byName(new JsonArray(object.list(list)));
  }

  private static Set<String> texts(JsonObject object, String list) {
    return object.list(list).stream()
        .map(text -> ((JsonString) text).value())
        .collect(Collectors.toSet());
  }

  private static JsonObject without(JsonObject object, String member) {
    Map<String, Json> members = new LinkedHashMap<>(object.members());
    members.remove(member);
    return new JsonObject(members);
  }
}
