package dev.indelible.trials.ctgov;

import dev.indelible.kit.problem.CommonProblem;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.kit.problem.Violation;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonArray;
import dev.indelible.transparency.canonical.Json.JsonNull;
import dev.indelible.transparency.canonical.Json.JsonNumber;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.Json.JsonString;
import dev.indelible.transparency.canonical.JsonException;
import dev.indelible.transparency.canonical.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An object of a study record that knows where it stands in it. Whatever is absent is absent:
/// records lack members, lists and whole modules. What is there and of another type is refused.
///
/// @param json the object
/// @param pointer its JSON Pointer
record RecordObject(JsonObject json, String pointer) {
  /// Reads a record.
  static RecordObject read(byte[] body) {
    try {
      return new RecordObject(JsonReader.readObject(body), "");
    } catch (JsonException e) {
      throw Rejection.of(CommonProblem.MALFORMED_BODY, String.valueOf(e.getMessage()));
    }
  }

  String at(String name) {
    return pointer + "/" + name;
  }

  /// The object of that name; one without members when it is absent.
  RecordObject object(String name) {
    return switch (find(name)) {
      case null -> new RecordObject(new JsonObject(Map.of()), at(name));
      case JsonObject object -> new RecordObject(object, at(name));
      default -> throw wrong(name, "an object");
    };
  }

  /// The objects of that list; none when it is absent.
  List<RecordObject> objects(String name) {
    List<Json> elements = elements(name);
    List<RecordObject> objects = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      String element = name + "/" + i;
      if (!(elements.get(i) instanceof JsonObject object)) {
        throw wrong(element, "an object");
      }
      objects.add(new RecordObject(object, at(element)));
    }
    return objects;
  }

  /// The texts of that list; none when it is absent.
  List<String> texts(String name) {
    List<Json> elements = elements(name);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      if (!(elements.get(i) instanceof JsonString text)) {
        throw wrong(name + "/" + i, "a text");
      }
      texts.add(text.value());
    }
    return texts;
  }

  private List<Json> elements(String name) {
    return switch (find(name)) {
      case null -> List.of();
      case JsonArray array -> array.elements();
      default -> throw wrong(name, "a list");
    };
  }

  /// The text of that name as it is written, entities and all; nothing when it is absent or blank.
  @Nullable String text(String name) {
    return switch (find(name)) {
      case null -> null;
      case JsonString text -> text.value().isBlank() ? null : text.value();
      default -> throw wrong(name, "a text");
    };
  }

  /// The integer of that name.
  @Nullable Long integer(String name) {
    return switch (find(name)) {
      case null -> null;
      case JsonNumber number when number.isInteger() -> Long.parseLong(number.literal());
      default -> throw wrong(name, "an integer");
    };
  }

  private @Nullable Json find(String name) {
    return json.find(name).filter(value -> !(value instanceof JsonNull)).orElse(null);
  }

  private Rejection wrong(String name, String expected) {
    return Rejection.of(CommonProblem.INVALID_BODY, at(name) + " is not " + expected + ".")
        .violations(List.of(new Violation(at(name), "is not " + expected)));
  }
}
