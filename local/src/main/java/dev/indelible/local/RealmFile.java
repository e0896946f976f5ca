package dev.indelible.local;

import dev.indelible.transparency.canonical.CanonicalJson;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonArray;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.Json.JsonString;
import dev.indelible.transparency.canonical.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The realm as Keycloak imports it: `identity/realm.json`, on one's own machine with the demo
/// overlay laid over it.
///
/// An overlay is a partial realm. Objects are merged; elements of lists that name the same client,
/// organisation or user are merged, the others are added; anything else is replaced.
public record RealmFile(JsonObject realm) {

  private static final List<String> NAMES = List.of("clientId", "alias", "username", "name");

  /// The files of the repository.
  ///
  /// @param root its folder
  /// @param demo whether with the demo users and what they need
  public static RealmFile of(Path root, boolean demo) throws IOException {
    Path identity = root.resolve("identity");
    RealmFile realm = read(identity.resolve("realm.json"));
    return demo ? realm.with(read(identity.resolve("demo-users.json"))) : realm;
  }

  static RealmFile read(Path file) throws IOException {
    return new RealmFile(JsonReader.readObject(Files.readAllBytes(file)));
  }

  /// This realm with another laid over it.
  public RealmFile with(RealmFile overlay) {
    return new RealmFile((JsonObject) merge(realm, overlay.realm));
  }

  /// The realm with the values of its variables, as Keycloak fills them in when it imports.
  public RealmFile given(Map<String, String> variables) {
    return new RealmFile((JsonObject) given(realm, variables));
  }

  private static Json given(Json json, Map<String, String> variables) {
    return switch (json) {
      case JsonObject(Map<String, Json> members) -> {
        Map<String, Json> filled = new LinkedHashMap<>();
        members.forEach((name, value) -> filled.put(name, given(value, variables)));
        yield new JsonObject(filled);
      }
      case JsonArray(List<Json> elements) ->
          new JsonArray(elements.stream().map(element -> given(element, variables)).toList());
      case JsonString text ->
          variable(text).map(variables::get).<Json>map(JsonString::new).orElse(text);
      default -> json;
    };
  }

  private static Optional<String> variable(Json value) {
    return value instanceof JsonString(String text) && text.startsWith("${") && text.endsWith("}")
        ? Optional.of(text.substring(2, text.length() - 1))
        : Optional.empty();
  }

  /// Names of the variables that have no value yet.
  public Set<String> variables() {
    Set<String> names = new TreeSet<>();
    collect(realm, names);
    return names;
  }

  private static void collect(Json json, Set<String> names) {
    switch (json) {
      case JsonObject(Map<String, Json> members) ->
          members.values().forEach(value -> collect(value, names));
      case JsonArray(List<Json> elements) -> elements.forEach(element -> collect(element, names));
      default -> variable(json).ifPresent(names::add);
    }
  }

  /// The realm silent about what a variable without a value would say.
  public RealmFile withoutVariables() {
    return new RealmFile((JsonObject) withoutVariables(realm));
  }

  private static Json withoutVariables(Json json) {
    return switch (json) {
      case JsonObject(Map<String, Json> members) -> {
        Map<String, Json> kept = new LinkedHashMap<>();
        members.forEach(
            (name, value) -> {
              if (variable(value).isEmpty()) {
                kept.put(name, withoutVariables(value));
              }
            });
        yield new JsonObject(kept);
      }
      case JsonArray(List<Json> elements) ->
          new JsonArray(elements.stream().map(RealmFile::withoutVariables).toList());
      default -> json;
    };
  }

  void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, CanonicalJson.bytes(realm));
  }

  private static Json merge(Json below, Json above) {
    if (below instanceof JsonObject(Map<String, Json> base)
        && above instanceof JsonObject(Map<String, Json> over)) {
      Map<String, Json> members = new LinkedHashMap<>(base);
      over.forEach((name, value) -> members.merge(name, value, RealmFile::merge));
      return new JsonObject(members);
    }
    if (below instanceof JsonArray(List<Json> base)
        && above instanceof JsonArray(List<Json> over)) {
      List<Json> elements = new ArrayList<>(base);
      over.forEach(element -> add(elements, element));
      return new JsonArray(elements);
    }
    return above;
  }

  private static void add(List<Json> elements, Json element) {
    Optional<String> name = nameOf(element);
    for (int i = 0; i < elements.size(); i++) {
      if (name.isPresent() && nameOf(elements.get(i)).equals(name)) {
        elements.set(i, merge(elements.get(i), element));
        return;
      }
    }
    elements.add(element);
  }

  private static Optional<String> nameOf(Json element) {
    return element instanceof JsonObject object
        ? NAMES.stream().flatMap(name -> object.findString(name).stream()).findFirst()
        : Optional.empty();
  }
}
