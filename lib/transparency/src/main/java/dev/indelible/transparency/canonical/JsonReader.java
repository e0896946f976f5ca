package dev.indelible.transparency.canonical;

import dev.indelible.transparency.canonical.Json.JsonArray;
import dev.indelible.transparency.canonical.Json.JsonBoolean;
import dev.indelible.transparency.canonical.Json.JsonNull;
import dev.indelible.transparency.canonical.Json.JsonNumber;
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

  private final String text;
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  /// Reads one value from UTF-8 bytes.
  ///
  /// @throws JsonException when the bytes are not one strict JSON value
  public static Json read(byte[] utf8) {
    try {
      return read(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException e) {
      throw new JsonException("the text is not valid UTF-8");
    }
  }

  /// Reads one value from text; see [#read(byte\[\])].
  public static Json read(String text) {
    JsonReader reader = new JsonReader(text);
    reader.skipSpace();
    Json value = reader.value(0);
    reader.skipSpace();
    if (reader.at < text.length()) {
      throw reader.wrong("text after the value");
    }
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
      throw wrong("nested deeper than " + MAX_DEPTH + " levels");
    }
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> new JsonString(string());
      case 't' -> literal("true", new JsonBoolean(true));
      case 'f' -> literal("false", new JsonBoolean(false));
      case 'n' -> literal("null", new JsonNull());
      default -> number();
    };
  }

  private Json object(int depth) {
    Map<String, Json> members = new LinkedHashMap<>();
    at++;
    skipSpace();
    if (accept('}')) {
      return new JsonObject(members);
    }
    do {
      skipSpace();
      if (peek() != '"') {
        throw wrong("a member name is expected");
      }
      String name = string();
      skipSpace();
      expect(':');
      skipSpace();
      if (members.put(name, value(depth + 1)) != null) {
        throw wrong("member \"" + name + "\" is given twice");
      }
      skipSpace();
    } while (accept(','));
    expect('}');
    return new JsonObject(members);
  }

  private Json array(int depth) {
    List<Json> elements = new ArrayList<>();
    at++;
    skipSpace();
    if (accept(']')) {
      return new JsonArray(elements);
    }
    do {
      skipSpace();
      elements.add(value(depth + 1));
      skipSpace();
    } while (accept(','));
    expect(']');
    return new JsonArray(elements);
  }

  private Json literal(String word, Json value) {
    if (!text.startsWith(word, at)) {
      throw wrong("unknown word");
    }
    at += word.length();
    return value;
  }

  private Json number() {
    int start = at;
    accept('-');
    if (!accept('0')) {
      digits();
    }
    boolean integer = true;
    if (accept('.')) {
      integer = false;
      digits();
    }
    if (accept('e') || accept('E')) {
      integer = false;
      if (!accept('+')) {
        accept('-');
      }
      digits();
    }
    String literal = text.substring(start, at);
    boolean safe = integer ? isSafe(literal) : Double.isFinite(Double.parseDouble(literal));
    if (!safe) {
      throw wrong("number " + literal + " cannot be kept exact; send it as a string");
    }
    return new JsonNumber(literal);
  }

  private static boolean isSafe(String integer) {
    return integer.length() <= 17 && Math.abs(Long.parseLong(integer)) <= MAX_SAFE_INTEGER;
  }

  private void digits() {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (start == at) {
      throw wrong("a value is expected");
    }
  }

  private String string() {
    at++;
    StringBuilder out = new StringBuilder();
    while (true) {
      char c = next();
      if (c == '"') {
        break;
      }
      if (c < 0x20) {
        throw wrong("a control character in a string must be escaped");
      }
      out.append(c == '\\' ? escape() : c);
    }
    String value = out.toString();
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
      throw wrong("a lone surrogate");
    }
    return value;
  }

  private char escape() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw wrong("unknown escape \\" + c);
    };
  }

  private char unicode() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      char c = next();
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw wrong("four hexadecimal digits are expected after \\u");
      }
      code = code * 16 + digit;
    }
    return (char) code;
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw wrong("the text ends early");
    }
    return text.charAt(at);
  }

  private char next() {
    char c = peek();
    at++;
    return c;
  }

  private boolean accept(char c) {
    boolean found = at < text.length() && text.charAt(at) == c;
    if (found) {
      at++;
    }
    return found;
  }

  private void expect(char c) {
    if (!accept(c)) {
      throw wrong("'" + c + "' is expected");
    }
  }

  private JsonException wrong(String what) {
    return new JsonException("not valid JSON at character " + at + ": " + what);
  }
}
