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

/// The realm as Keycloak imports it here: `identity/realm.json` with the demo overlay laid over it.
///
/// An overlay is a partial realm. Objects are merged; elements of lists that name the same client,
/// organisation or user are merged, the others are added; anything else is replaced.
record RealmFile(JsonObject realm) {

  private static final List<String> NAMES = List.of("clientId", "alias", "username", "name");

  static RealmFile read(Path file) throws IOException {
    return new RealmFile(JsonReader.readObject(Files.readAllBytes(file)));
  }

  RealmFile with(RealmFile overlay) {
    return new RealmFile((JsonObject) merge(realm, overlay.realm));
  }

  /// The realm with the values of its variables, as Keycloak fills them in when it imports.
  RealmFile given(Map<String, String> variables) {
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
      case JsonString(String text) when text.startsWith("${") && text.endsWith("}") ->
          new JsonString(variables.getOrDefault(text.substring(2, text.length() - 1), text));
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
