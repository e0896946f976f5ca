package dev.indelible.ledger.api;

import dev.indelible.kit.problem.CommonProblem;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.kit.problem.Violation;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonArray;
import dev.indelible.transparency.canonical.Json.JsonNumber;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.Json.JsonString;
import dev.indelible.transparency.canonical.JsonException;
import dev.indelible.transparency.canonical.JsonReader;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An object of a request's body, read by the reader that every evidence goes through. A writer
/// reads ten thousand bodies a second, and reads each of them once.
///
/// @param object the object
/// @param at its JSON Pointer in the body
record Body(JsonObject object, String at) {
  /// Reads a body; 400 when it is not one JSON object.
  static Body of(byte[] bytes) {
    try {
      if (JsonReader.read(bytes) instanceof JsonObject object) {
        return new Body(object, "");
      }
      throw Rejection.of(CommonProblem.INVALID_BODY, "The body is not an object.");
    } catch (JsonException e) {
      throw Rejection.of(CommonProblem.MALFORMED_BODY, String.valueOf(e.getMessage()));
    }
  }

  /// Refuses members of any other name.
  Body only(Set<String> names) {
    for (String name : object.members().keySet()) {
      if (!names.contains(name)) {
        throw invalid(name, "is not a known member");
      }
    }
    return this;
  }

  boolean has(String name) {
    return object.members().containsKey(name);
  }

  String text(String name) {
    if (object.members().get(name) instanceof JsonString text) {
      return text.value();
    }
    throw invalid(name, "is missing or is not a text");
  }

  int integer(String name) {
    if (object.members().get(name) instanceof JsonNumber number
        && number.isInteger()
        && number.literal().length() <= 9) {
      return Integer.parseInt(number.literal());
    }
    throw invalid(name, "is missing or is not an integer of at most nine digits");
  }

  /// A leaf index.
  long index(String name) {
    return index(name, object.members().get(name));
  }

  private long index(String name, @Nullable Json value) {
    if (value instanceof JsonNumber number && number.literal().matches("\\d{1,18}")) {
      return Long.parseLong(number.literal());
    }
    throw invalid(name, "is missing or is not a leaf index");
  }

  /// An array of at least one and at most `most` leaf indices.
  List<Long> indices(String name, int most) {
    if (!(object.members().get(name) instanceof JsonArray array)
        || array.elements().isEmpty()
        || array.elements().size() > most) {
      throw invalid(name, "is not an array of 1 to " + most + " leaf indices");
    }
    List<Long> indices = new ArrayList<>();
    for (Json element : array.elements()) {
      indices.add(index(name + "/" + indices.size(), element));
    }
    return indices;
  }

  /// Padded standard base64, in its one spelling.
  byte[] base64(String name, int mostBytes) {
    String text = text(name);
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      if (bytes.length <= mostBytes && Base64.getEncoder().encodeToString(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw invalid(name, "is not base64");
    }
    throw invalid(name, "is not padded base64 of at most " + mostBytes + " bytes");
  }

  /// The objects of an array; none when it is absent.
  List<Body> objects(String name, int most) {
    Json value = object.members().get(name);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof JsonArray array) || array.elements().size() > most) {
      throw invalid(name, "is not an array of at most " + most + " elements");
    }
    List<Body> bodies = new ArrayList<>(array.elements().size());
    for (int i = 0; i < array.elements().size(); i++) {
      String pointer = at + "/" + name + "/" + i;
      if (!(array.elements().get(i) instanceof JsonObject element)) {
        throw invalid(name + "/" + i, "is not an object");
      }
      bodies.add(new Body(element, pointer));
    }
    return bodies;
  }

  /// What is wrong with a member.
  Rejection invalid(String name, String message) {
    String pointer = name.isEmpty() ? at : at + "/" + name;
    return Rejection.of(CommonProblem.INVALID_BODY, pointer + " " + message)
        .violations(List.of(new Violation(pointer, message)));
  }
}
