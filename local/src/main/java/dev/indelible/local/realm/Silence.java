package dev.indelible.local.realm;

import dev.indelible.local.RealmFile;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonArray;
import dev.indelible.transparency.canonical.Json.JsonBoolean;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.Json.JsonString;
import dev.indelible.transparency.canonical.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// What the code means where it says nothing. Nobody has what opens a door: no mapper, address,
/// flow or role of a client's own, no role in a role, no group. What every realm has without being
/// told, Keycloak's own clients with their roles, is as Keycloak makes it.
final class Silence {
  /// Whoever has one of its roles administers the realm. Nobody of the realm does.
  static final String ADMINISTRATION = "realm-management";

  /// Given to services, never to people.
  static final String SERVICES_ROLE = "log-writer";

  private static final String FLOWS = "authenticationFlowBindingOverrides";
  private static final String MACHINE = "service-account-";
  private static final Json NONE = new JsonArray(List.of());
  private static final Json NOTHING = new JsonObject(Map.of());

  private Silence() {}

  /// The code with what it means, in the form in which [RunningRealm] tells what is in force.
  static JsonObject broken(JsonObject code, JsonObject running) {
    JsonObject realm = new RealmFile(own(running)).with(new RealmFile(code)).realm();
    Map<String, Json> members = new LinkedHashMap<>(realm.members());
    members.putIfAbsent("groups", NONE);
    members.put("clients", each(realm.list("clients"), Silence::client));
    members.put("organizations", each(realm.list("organizations"), Silence::organisation));
    members.put("roles", roles(realm));
    return new JsonObject(members);
  }

  /// Keycloak's own, but for clients that an installation has taken away.
  private static JsonObject own(JsonObject running) {
    Map<String, JsonObject> there = RealmComparison.byName(new JsonArray(running.list("clients")));
    JsonObject own = keycloaks();
    Map<String, Json> members = new LinkedHashMap<>(own.members());
    members.put(
        "clients",
        new JsonArray(
            own.list("clients").stream()
                .filter(client -> there.containsKey(text((JsonObject) client, "clientId")))
                .toList()));
    return new JsonObject(members);
  }

  private static JsonObject keycloaks() {
    try (InputStream file =
        Objects.requireNonNull(Silence.class.getResourceAsStream("keycloaks-own.json"))) {
      return JsonReader.readObject(file.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonObject client(JsonObject client) {
    Map<String, Json> members = new LinkedHashMap<>(client.members());
    Stream.of("protocolMappers", "redirectUris", "webOrigins")
        .forEach(list -> members.putIfAbsent(list, NONE));
    members.putIfAbsent("attributes", NOTHING);
    members.put(FLOWS, flows(client));
    return new JsonObject(members);
  }

  /// An empty name is no flow.
  private static JsonObject flows(JsonObject client) {
    Map<String, Json> flows = new LinkedHashMap<>(child(client, FLOWS).members());
    flows.values().removeIf(new JsonString("")::equals);
    return new JsonObject(flows);
  }

  /// People become members by invitation; machines do not.
  private static JsonObject organisation(JsonObject organisation) {
    return with(organisation, "machines", machines(organisation.list("members")));
  }

  /// The names of the machines among the members of an organisation.
  static JsonArray machines(List<? extends Json> members) {
    return new JsonArray(
        members.stream()
            .map(member -> text((JsonObject) member, "username"))
            .filter(name -> name.startsWith(MACHINE))
            .<Json>map(JsonString::new)
            .toList());
  }

  private static JsonObject roles(JsonObject realm) {
    JsonObject roles = child(realm, "roles");
    JsonObject written = child(roles, "client");
    Map<String, Json> byClient = new LinkedHashMap<>();
    RealmComparison.byName(new JsonArray(realm.list("clients")))
        .keySet()
        .forEach(
            client ->
                byClient.put(client, each(written.list(client), role -> clientRole(client, role))));
    return new JsonObject(
        Map.of(
            "realm",
            each(roles.list("realm"), role -> realmRole(realm, role)),
            "client",
            new JsonObject(byClient)));
  }

  private static JsonObject clientRole(String client, JsonObject role) {
    Map<String, Json> members = new LinkedHashMap<>(role.members());
    members.putIfAbsent("composites", NONE);
    if (client.equals(ADMINISTRATION)) {
      members.put("holders", NONE);
    }
    return new JsonObject(members);
  }

  private static JsonObject realmRole(JsonObject realm, JsonObject role) {
    Map<String, Json> members = new LinkedHashMap<>(role.members());
    members.putIfAbsent("composite", new JsonBoolean(false));
    if (text(role, "name").equals(SERVICES_ROLE)) {
      members.put("holders", holders(realm));
    }
    return new JsonObject(members);
  }

  private static JsonArray holders(JsonObject realm) {
    return new JsonArray(
        realm.list("users").stream()
            .map(JsonObject.class::cast)
            .filter(user -> user.list("realmRoles").contains(new JsonString(SERVICES_ROLE)))
            .<Json>map(user -> new JsonString(text(user, "username")))
            .toList());
  }

  private static JsonArray each(List<Json> elements, UnaryOperator<JsonObject> change) {
    return new JsonArray(
        elements.stream().<Json>map(element -> change.apply((JsonObject) element)).toList());
  }

  private static JsonObject with(JsonObject object, String name, Json value) {
    Map<String, Json> members = new LinkedHashMap<>(object.members());
    members.put(name, value);
    return new JsonObject(members);
  }

  private static JsonObject child(JsonObject object, String name) {
    return object.members().get(name) instanceof JsonObject child
        ? child
        : new JsonObject(Map.of());
  }

  private static String text(JsonObject object, String name) {
    return object.findString(name).orElse("");
  }
}
