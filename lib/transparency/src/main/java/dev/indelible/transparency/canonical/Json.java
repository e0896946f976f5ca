package dev.indelible.transparency.canonical;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A JSON value (RFC 8259) as [JsonReader] read it: numbers keep their spelling, members their
/// order.
public sealed interface Json {

  /// An object; no member name occurs twice.
  record JsonObject(Map<String, Json> members) implements Json {
    public JsonObject {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /// The member called `name`, if there is one; a JSON `null` counts as present.
    public Optional<Json> find(String name) {
      return Optional.ofNullable(members.get(name));
    }

    /// The text of the string member `name`, if the member exists and is a string.
    public Optional<String> findString(String name) {
      return members.get(name) instanceof JsonString s ? Optional.of(s.value()) : Optional.empty();
    }

    /// The elements of the array member `name`; none when it is absent or something else.
    public List<Json> list(String name) {
      return members.get(name) instanceof JsonArray a ? a.elements() : List.of();
    }
  }

  /// An array.
  record JsonArray(List<Json> elements) implements Json {
    public JsonArray {
      elements = List.copyOf(elements);
    }
  }

  /// A value without parts. Statements hold nothing else.
  sealed interface Scalar extends Json {}

  /// A string without lone surrogates.
  record JsonString(String value) implements Scalar {}

  /// A number in the spelling in which it was read.
  record JsonNumber(String literal) implements Scalar {
    /// The exact decimal value.
    public BigDecimal decimal() {
      return new BigDecimal(literal);
    }

    /// Whether the spelling has neither fraction nor exponent.
    public boolean isInteger() {
      return literal.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
    }
  }

  /// `true` or `false`.
  record JsonBoolean(boolean value) implements Scalar {}

  /// `null`.
  record JsonNull() implements Scalar {}

  /// A string value.
  static JsonString string(String value) {
    return new JsonString(value);
  }

  /// An integer value, within ±(2^53 − 1), the range every JSON reader keeps exact (RFC 7493 §2.2).
  static JsonNumber number(long value) {
    if (Math.abs(value) > JsonReader.MAX_SAFE_INTEGER) {
      throw new IllegalArgumentException("not a safe integer: " + value);
    }
    return new JsonNumber(Long.toString(value));
  }
}
