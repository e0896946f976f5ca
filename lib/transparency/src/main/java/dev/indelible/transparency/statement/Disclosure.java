package dev.indelible.transparency.statement;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.VerificationException;
import dev.indelible.transparency.VerificationException.Reason;
import dev.indelible.transparency.canonical.CanonicalJson;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonArray;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.Json.Scalar;
import dev.indelible.transparency.canonical.JsonException;
import dev.indelible.transparency.canonical.JsonReader;
import dev.indelible.transparency.cose.Entry;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// The document that a verifier reads: the entry and the fields that are shown, with their salts.
/// Fields that are withheld appear as bare commitments (see docs/formats/disclosure.md).
///
/// @param entry the leaf
/// @param fields all fields of the statement in pointer order
public record Disclosure(Entry entry, List<Field> fields) {
  /// The value of the member `format`.
  public static final String FORMAT = "indelible/disclosure/v1";

  /// One field of the statement.
  public sealed interface Field {
    /// The field's commitment.
    Hash commitment();
  }

  /// A field that is shown.
  public record Shown(String pointer, Scalar value, Salt salt) implements Field {
    @Override
    public Hash commitment() {
      return salt.commit(pointer, CanonicalJson.bytes(value));
    }
  }

  /// A field that is withheld.
  public record Withheld(Hash commitment) implements Field {}

  public Disclosure {
    fields = List.copyOf(fields);
  }

  /// Discloses the fields of a statement whose pointers pass `shown`.
  public static Disclosure of(
      Entry entry, Statement statement, Opening opening, Predicate<String> shown) {
    List<Field> fields = new ArrayList<>();
    statement
        .fields()
        .forEach(
            (pointer, value) -> {
              Shown field = new Shown(pointer, value, opening.salt(pointer));
              fields.add(shown.test(pointer) ? field : new Withheld(field.commitment()));
            });
    return new Disclosure(entry, fields);
  }

  /// Checks that these fields are exactly those to which the entry commits.
  ///
  /// @throws VerificationException naming both roots when they are not
  public void verify() throws VerificationException {
    requireStatement();
    Hash root = Commitments.root(fields.stream().map(Field::commitment).toList());
    if (!root.equals(entry.statementRoot())) {
      throw new VerificationException(
          Reason.NOT_THE_DOCUMENT,
          "the fields hash to " + root + ", the entry commits to " + entry.statementRoot());
    }
  }

  /// What no statement holds was never anchored, whatever it hashes to: another pointer order, a
  /// pointer given twice, a number whose digits canonical form would drop.
  private void requireStatement() throws VerificationException {
    String last = "";
    for (Field field : fields) {
      if (field instanceof Shown(String pointer, Scalar value, Salt salt)) {
        if (pointer.compareTo(last) <= 0) {
          throw new VerificationException(
              Reason.NOT_THE_DOCUMENT, "field " + pointer + " is out of order or given twice");
        }
        try {
          Statement.require(pointer, value);
        } catch (IllegalArgumentException e) {
          throw new VerificationException(
              Reason.NOT_THE_DOCUMENT, "field " + pointer + " is no field of a statement");
        }
        last = pointer;
      }
    }
  }

  /// Reads a disclosure. Members that the format does not name are refused: a reader of the text
  /// would believe them, and nothing proves them.
  ///
  /// @throws VerificationException with reason MALFORMED when it is not one
  public static Disclosure parse(byte[] utf8) throws VerificationException {
    try {
      JsonObject document = JsonReader.readObject(utf8);
      if (!FORMAT.equals(document.findString("format").orElse(null))) {
        throw new JsonException("member \"format\" is not \"" + FORMAT + "\"");
      }
      requireMembers(document, Set.of("format", "entry", "fields"));
      String base64 = required(document, "entry");
      byte[] entry = Base64.getDecoder().decode(base64);
      if (!Base64.getEncoder().encodeToString(entry).equals(base64)) {
        throw new JsonException("member \"entry\" is not canonical base64");
      }
      List<Field> fields = new ArrayList<>();
      for (Json field : document.list("fields")) {
        fields.add(field((JsonObject) field));
      }
      if (fields.isEmpty()) {
        throw new JsonException("there are no fields");
      }
      return new Disclosure(Entry.parse(entry), fields);
    } catch (JsonException | IllegalArgumentException | ClassCastException e) {
      throw new VerificationException(Reason.MALFORMED, "not a disclosure: " + e.getMessage());
    }
  }

  private static Field field(JsonObject field) {
    if (field.find("commitment").isPresent()) {
      requireMembers(field, Set.of("commitment"));
      return new Withheld(Hash.fromBase64(required(field, "commitment")));
    }
    if (field.find("value").orElse(null) instanceof Scalar value) {
      requireMembers(field, Set.of("pointer", "value", "salt"));
      Salt salt = Salt.fromBase64(required(field, "salt"));
      return new Shown(required(field, "pointer"), value, salt);
    }
    throw new JsonException("a field has no scalar value");
  }

  private static void requireMembers(JsonObject object, Set<String> names) {
    if (!object.members().keySet().equals(names)) {
      throw new JsonException(
          "members are " + object.members().keySet() + ", not " + new TreeSet<>(names));
    }
  }

  private static String required(JsonObject object, String name) {
    return object
        .findString(name)
        .orElseThrow(() -> new JsonException("string member \"" + name + "\" is missing"));
  }

  /// The document as JSON.
  public JsonObject toJson() {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("format", Json.string(FORMAT));
    members.put("entry", Json.string(Base64.getEncoder().encodeToString(entry.bytes())));
    members.put("fields", new JsonArray(fields.stream().map(Disclosure::toJson).toList()));
    return new JsonObject(members);
  }

  private static Json toJson(Field field) {
    Map<String, Json> members = new LinkedHashMap<>();
    switch (field) {
      case Shown shown -> {
        members.put("pointer", Json.string(shown.pointer()));
        members.put("value", shown.value());
        members.put("salt", Json.string(shown.salt().toBase64()));
      }
      case Withheld withheld ->
          members.put("commitment", Json.string(withheld.commitment().toBase64()));
    }
    return new JsonObject(members);
  }
}
