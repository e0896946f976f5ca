package dev.indelible.consent;

import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonArray;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.Json.JsonString;
import dev.indelible.transparency.canonical.JsonException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The members of an object of which every name is known. A member that nobody reads could make two
/// documents differ that mean the same.
record Members(JsonObject json) {

  static Members of(JsonObject json, String... names) {
    Set<String> known = Set.of(names);
    json.members().keySet().stream()
        .filter(name -> !known.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new JsonException("unknown member " + name);
            });
    return new Members(json);
  }

  void requireType(String type) {
    if (!text("type").equals(type)) {
      throw new JsonException("not a document of type " + type);
    }
  }

  String text(String name) {
    return findText(name).orElseThrow(() -> new JsonException(name + " is missing"));
  }

  Optional<String> findText(String name) {
    return json.find(name)
        .map(
            value ->
                switch (value) {
                  case JsonString text -> text.value();
                  default -> throw new JsonException(name + " is not a text");
                });
  }

  JsonObject object(String name) {
    return findObject(name).orElseThrow(() -> new JsonException(name + " is missing"));
  }

  Optional<JsonObject> findObject(String name) {
    return json.find(name).map(value -> object(name, value));
  }

  List<JsonObject> objects(String name) {
    return switch (json.find(name).orElse(null)) {
      case JsonArray array ->
          array.elements().stream().map(element -> object(name, element)).toList();
      case null, default -> throw new JsonException(name + " is not a list");
    };
  }

  private static JsonObject object(String name, Json value) {
    return switch (value) {
      case JsonObject object -> object;
      default -> throw new JsonException(name + " is not an object");
    };
  }
}
