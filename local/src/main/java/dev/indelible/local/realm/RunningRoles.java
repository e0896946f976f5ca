package dev.indelible.local.realm;

import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonArray;
import dev.indelible.transparency.canonical.Json.JsonBoolean;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.Json.JsonString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The roles of a realm and of its clients: what is in them, and of a few, who has them. A role
/// keeps as `parts` the roles in it that the code does not mean.
final class RunningRoles {
  private static final String EVERYBODYS = "default-roles-indelible";

  /// What Keycloak's own account pages need: it holds nothing of the realm's.
  private static final Set<String> EVERYBODYS_PARTS =
      Set.of("account/manage-account", "account/view-profile");

  private final KeycloakAdmin admin;
  private final List<JsonObject> clients;
  private final Map<String, String> names;

  RunningRoles(KeycloakAdmin admin, List<JsonObject> clients) {
    this.admin = admin;
    this.clients = clients;
    this.names =
        clients.stream()
            .collect(Collectors.toMap(RunningRealm::id, client -> text(client, "clientId")));
  }

  JsonObject read() {
    Map<String, Json> byClient = new LinkedHashMap<>();
    for (JsonObject client : clients) {
      String name = text(client, "clientId");
      byClient.put(
          name,
          new JsonArray(
              admin.list("clients/" + RunningRealm.id(client) + "/roles").stream()
                  .<Json>map(role -> clientRole(client, role))
                  .toList()));
    }
    return new JsonObject(
        Map.of(
            "realm",
            new JsonArray(
                admin.list("roles?briefRepresentation=false").stream()
                    .<Json>map(this::realmRole)
                    .toList()),
            "client",
            new JsonObject(byClient)));
  }

  private JsonObject realmRole(JsonObject role) {
    Map<String, Json> members = new LinkedHashMap<>(role.members());
    String name = text(role, "name");
    Set<String> meant = name.equals(EVERYBODYS) ? EVERYBODYS_PARTS : Set.of();
    List<JsonObject> parts =
        parts(role).stream().filter(part -> !meant.contains(name(part))).toList();
    members.put("composite", new JsonBoolean(!parts.isEmpty()));
    members.put("parts", new JsonArray(List.copyOf(parts)));
    if (name.equals(Silence.SERVICES_ROLE)) {
      members.put("holders", holders("roles/" + name));
    }
    return new JsonObject(members);
  }

  private JsonObject clientRole(JsonObject client, JsonObject role) {
    Map<String, Json> members = new LinkedHashMap<>(role.members());
    List<JsonObject> parts = parts(role);
    members.put(
        "composites",
        new JsonArray(parts.stream().<Json>map(part -> new JsonString(name(part))).toList()));
    members.put("parts", new JsonArray(List.copyOf(parts)));
    if (text(client, "clientId").equals(Silence.ADMINISTRATION)) {
      members.put(
          "holders",
          holders("clients/" + RunningRealm.id(client) + "/roles/" + text(role, "name")));
    }
    return new JsonObject(members);
  }

  private List<JsonObject> parts(JsonObject role) {
    return new JsonBoolean(true).equals(role.members().get("composite"))
        ? admin.list("roles-by-id/" + RunningRealm.id(role) + "/composites")
        : List.of();
  }

  /// Whoever was given it, but for those who have it by another role or by a group: those are drift
  /// themselves.
  private JsonArray holders(String path) {
    return new JsonArray(
        admin.list(path + "/users?max=10000").stream()
            .<Json>map(user -> new JsonString(text(user, "username")))
            .toList());
  }

  /// A role's name, with its client's if it is one of a client.
  private String name(JsonObject role) {
    String client = names.get(text(role, "containerId"));
    return client == null ? text(role, "name") : client + "/" + text(role, "name");
  }

  private static String text(JsonObject object, String name) {
    return object.findString(name).orElse("");
  }
}
