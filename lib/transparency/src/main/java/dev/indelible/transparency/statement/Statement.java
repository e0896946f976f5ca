package dev.indelible.transparency.statement;

import dev.indelible.transparency.canonical.CanonicalJson;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonBoolean;
import dev.indelible.transparency.canonical.Json.JsonNumber;
import dev.indelible.transparency.canonical.Json.JsonString;
import dev.indelible.transparency.canonical.Json.Scalar;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// One submitted fact, as a flat map from JSON Pointer (RFC 6901) to scalar. Numbers are safe
/// integers only; everything finer travels as a string. The order is that of RFC 8785: UTF-16 code
/// units.
///
/// @param fields at least one field
public record Statement(SortedMap<String, Scalar> fields) {
  public Statement {
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("a statement has at least one field");
    }
    fields.forEach(Statement::require);
  }

  /// Refuses what can be no field of a statement.
  static void require(String pointer, Scalar value) {
    if (!pointer.startsWith("/") || pointer.length() > 1024) {
      throw new IllegalArgumentException("not a JSON Pointer to a field: " + pointer);
    }
    if (value instanceof JsonNumber number && !number.isInteger()) {
      throw new IllegalArgumentException(pointer + ": numbers in statements are integers");
    }
  }

  /// A statement to be filled field by field.
  public static Builder builder() {
    return new Builder();
  }

  /// The whole statement as canonical JSON.
  public String canonicalText() {
    return CanonicalJson.text(new Json.JsonObject(Collections.unmodifiableMap(fields)));
  }

  /// Collects fields; absent values leave no field, so "not given" and "empty" stay distinct.
  public static final class Builder {
    private final SortedMap<String, Scalar> fields = new TreeMap<>();

    private Builder() {}

    /// Adds a field.
    ///
    /// @throws IllegalArgumentException when the pointer is already there
    public Builder put(String pointer, Scalar value) {
      if (fields.putIfAbsent(pointer, value) != null) {
        throw new IllegalArgumentException(pointer + " is given twice");
      }
      return this;
    }

    /// Adds a text field, unless there is no text.
    public Builder put(String pointer, @org.jspecify.annotations.Nullable String text) {
      return text == null ? this : put(pointer, (Scalar) new JsonString(text));
    }

    /// Adds an integer field.
    public Builder put(String pointer, long number) {
      return put(pointer, (Scalar) Json.number(number));
    }

    /// Adds a truth value.
    public Builder put(String pointer, boolean value) {
      return put(pointer, (Scalar) new JsonBoolean(value));
    }

    /// The statement.
    public Statement build() {
      return new Statement(fields);
    }
  }
}
