package dev.indelible.transparency.canonical;

import dev.indelible.transparency.canonical.Json.JsonArray;
import dev.indelible.transparency.canonical.Json.JsonBoolean;
import dev.indelible.transparency.canonical.Json.JsonNull;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.Json.JsonString;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads JSON strictly: the one door for every JSON text that ends up in evidence.
///
/// Beyond RFC 8259 it refuses what two readers could read differently (RFC 7493, I-JSON): a member
/// name given twice, a lone surrogate, an integer beyond ±(2^53 − 1), malformed UTF-8, a byte order
/// mark, text after the value, and nesting deeper than a limit.
public final class JsonReader {
  /// 2^53 − 1 (RFC 7493 §2.2).
  public static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

  /// Levels of nesting that [#read(byte\[\])] allows; FHIR and ClinicalTrials.gov need fewer than
  /// 20.
  public static final int MAX_DEPTH = 64;

  private final JsonScanner in;

  private JsonReader(String text) {
    in = new JsonScanner(text);
  }

  /// Reads one value from UTF-8 bytes.
  ///
  /// @throws JsonException when the bytes are not one strict JSON value
  public static Json read(byte[] utf8) {
    String text = new String(utf8, StandardCharsets.UTF_8);
    // Malformed bytes are read as U+FFFD; a text without it had none.
    return read(text.indexOf('\ufffd') < 0 ? text : decode(utf8));
  }

  private static String decode(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new JsonException("the text is not valid UTF-8");
    }
  }

  /// Reads one value from text; see [#read(byte\[\])].
  public static Json read(String text) {
    JsonReader reader = new JsonReader(text);
    reader.in.skipSpace();
    Json value = reader.value(0);
    reader.in.skipSpace();
    reader.in.expectEnd();
    return value;
  }

  /// Reads one value that has to be an object.
  public static JsonObject readObject(byte[] utf8) {
    if (read(utf8) instanceof JsonObject object) {
      return object;
    }
    throw new JsonException("the text is not a JSON object");
  }

  private Json value(int depth) {
    if (depth > MAX_DEPTH) {
      throw in.wrong("nested deeper than " + MAX_DEPTH + " levels");
    }
    return switch (in.peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> new JsonString(in.string());
      case 't' -> in.literal("true", new JsonBoolean(true));
      case 'f' -> in.literal("false", new JsonBoolean(false));
      case 'n' -> in.literal("null", new JsonNull());
      default -> in.number();
    };
  }

  private Json object(int depth) {
    Map<String, Json> members = new LinkedHashMap<>();
    in.skip();
    in.skipSpace();
    if (in.accept('}')) {
      return new JsonObject(members);
    }
    do {
      in.skipSpace();
      if (in.peek() != '"') {
        throw in.wrong("a member name is expected");
      }
      String name = in.string();
      in.skipSpace();
      in.expect(':');
      in.skipSpace();
      if (members.put(name, value(depth + 1)) != null) {
        throw in.wrong("member \"" + name + "\" is given twice");
      }
      in.skipSpace();
    } while (in.accept(','));
    in.expect('}');
    return new JsonObject(members);
  }

  private Json array(int depth) {
    List<Json> elements = new ArrayList<>();
    in.skip();
    in.skipSpace();
    if (in.accept(']')) {
      return new JsonArray(elements);
    }
    do {
      in.skipSpace();
      elements.add(value(depth + 1));
      in.skipSpace();
    } while (in.accept(','));
    in.expect(']');
    return new JsonArray(elements);
  }
}
