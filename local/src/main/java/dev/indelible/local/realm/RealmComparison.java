package dev.indelible.local.realm;

import dev.indelible.transparency.canonical.CanonicalJson;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonArray;
import dev.indelible.transparency.canonical.Json.JsonNumber;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.Json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Compares two realms in the form of Keycloak's realm file. Whatever the code says must be in
/// force; what it is silent about is Keycloak's affair, except in lists that the code means to be
/// complete.
public final class RealmComparison {
  /// Lists in which nothing may be but what the code names.
  private static final Set<String> COMPLETE =
      Set.of(
          "clients",
          "realm",
          "clientScopes",
          "organizations",
          "protocolMappers",
          "requiredActions",
          "groups",
          "identityProviders",
          "org.keycloak.storage.UserStorageProvider",
          "org.keycloak.keys.KeyProvider",
          "profiles",
          "policies");

  /// Maps of a client in which nothing may be but what the code names.
  private static final Set<String> COMPLETE_MAPS =
      Set.of("attributes", "authenticationFlowBindingOverrides");

  /// What Keycloak says of every client by itself, and the key of a client about whose key the code
  /// is silent.
  private static final Set<String> KEYCLOAKS_ATTRIBUTES =
      Set.of("realm_client", "client.secret.creation.time", "jwks.string");

  /// What means the same as saying nothing; the last, that addresses after signing out are those
  /// after signing in.
  private static final Set<String> SILENT = Set.of("", "false", "+");

  private static final List<String> NAMES = List.of("clientId", "alias", "username", "name");

  private final List<Drift> drifts = new ArrayList<>();

  private RealmComparison() {}

  /// What differs, in the order of the code.
  public static List<Drift> of(JsonObject code, JsonObject running) {
    return of("", code, running);
  }

  /// What differs in a part of the realm.
  ///
  /// @param at where it is
  static List<Drift> of(String at, JsonObject code, JsonObject running) {
    RealmComparison comparison = new RealmComparison();
    comparison.compare(at, code, running);
    return List.copyOf(comparison.drifts);
  }

  private void compare(String at, Json code, @Nullable Json running) {
    switch (code) {
      case JsonObject object when running instanceof JsonObject other -> {
        object.members().forEach((name, value) -> member(at, name, value, other));
        if (at.startsWith("clients/") && COMPLETE_MAPS.contains(last(at))) {
          surplus(object, other)
              .forEach(name -> differs(at + "/" + name, Drift.NOTHING, other.members().get(name)));
        }
      }
      case JsonArray list when running == null -> {
        if (!list.elements().isEmpty()) {
          compare(at, list, new JsonArray(List.of()));
        }
      }
      case JsonArray list when running instanceof JsonArray other && isNamed(list, other) -> {
        named(at, byName(list), byName(other));
        repeated(at, other);
      }
      case JsonArray list when running instanceof JsonArray other -> {
        if (!set(list).equals(set(other))) {
          drifts.add(new Drift(at, set(list).toString(), set(other).toString()));
        }
      }
      case JsonNumber number when running instanceof JsonNumber other -> {
        if (number.decimal().compareTo(other.decimal()) != 0) {
          differs(at, code, running);
        }
      }
      default -> {
        if (!code.equals(running)) {
          differs(at, code, running);
        }
      }
    }
  }

  private void member(String at, String name, Json code, JsonObject running) {
    compare(at.isEmpty() ? name : at + "/" + name, code, running.members().get(name));
  }

  private void named(String at, Map<String, JsonObject> code, Map<String, JsonObject> running) {
    code.forEach(
        (name, element) -> {
          JsonObject other = running.get(name);
          if (other == null) {
            drifts.add(new Drift(at + "/" + name, "there", Drift.NOTHING));
          } else {
            compare(at + "/" + name, element, other);
          }
        });
    if (COMPLETE.contains(last(at)) || at.startsWith("roles/client/")) {
      running.keySet().stream()
          .filter(name -> !code.containsKey(name))
          .forEach(name -> drifts.add(new Drift(at + "/" + name, Drift.NOTHING, "there")));
    }
  }

  /// One name for two, of which the comparison sees one: Keycloak lets components have that.
  private void repeated(String at, JsonArray running) {
    running.elements().stream()
        .flatMap(element -> name(element).stream())
        .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()))
        .forEach(
            (name, times) -> {
              if (times > 1) {
                drifts.add(new Drift(at + "/" + name, "once", times + " times"));
              }
            });
  }

  /// What a client has in such a map that the code does not name.
  static List<String> surplus(JsonObject code, JsonObject running) {
    return running.members().keySet().stream()
        .filter(name -> !code.members().containsKey(name) && !KEYCLOAKS_ATTRIBUTES.contains(name))
        .filter(name -> !SILENT.contains(running.findString(name).orElse("there")))
        .toList();
  }

  private static String last(String at) {
    return at.substring(at.lastIndexOf('/') + 1);
  }

  private void differs(String at, Json code, @Nullable Json running) {
    differs(at, text(code), running);
  }

  private void differs(String at, String code, @Nullable Json running) {
    drifts.add(new Drift(at, code, running == null ? Drift.NOTHING : text(running)));
  }

  private static boolean isNamed(JsonArray code, JsonArray running) {
    return code.elements().stream().allMatch(element -> name(element).isPresent())
        && running.elements().stream().allMatch(element -> name(element).isPresent());
  }

  /// The elements of a list of clients, roles, scopes, mappers, organisations or users.
  static Map<String, JsonObject> byName(JsonArray list) {
    Map<String, JsonObject> elements = new LinkedHashMap<>();
    for (Json element : list.elements()) {
      name(element).ifPresent(name -> elements.put(name, (JsonObject) element));
    }
    return elements;
  }

  private static Optional<String> name(Json element) {
    return element instanceof JsonObject object
        ? NAMES.stream().flatMap(name -> object.findString(name).stream()).findFirst()
        : Optional.empty();
  }

  private static Set<String> set(JsonArray list) {
    Set<String> elements = new TreeSet<>();
    list.elements().forEach(element -> elements.add(text(element)));
    return elements;
  }

  private static String text(Json value) {
    return value instanceof JsonString text
        ? text.value()
        : new String(CanonicalJson.bytes(value), StandardCharsets.UTF_8);
  }
}
