package dev.indelible.transparency.canonical;

import dev.indelible.transparency.canonical.Json.JsonArray;
import dev.indelible.transparency.canonical.Json.JsonBoolean;
import dev.indelible.transparency.canonical.Json.JsonNull;
import dev.indelible.transparency.canonical.Json.JsonNumber;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.Json.JsonString;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/// The JSON Canonicalization Scheme (RFC 8785): one value, one spelling.
public final class CanonicalJson {
  private CanonicalJson() {}

  /// The canonical UTF-8 bytes of a value.
  public static byte[] bytes(Json value) {
    return text(value).getBytes(StandardCharsets.UTF_8);
  }

  /// The canonical text of a value.
  public static String text(Json value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(Json value, StringBuilder out) {
    switch (value) {
      case JsonObject object -> writeObject(object, out);
      case JsonArray array -> writeArray(array, out);
      case JsonString string -> writeString(string.value(), out);
      case JsonNumber number -> out.append(number(number));
      case JsonBoolean bool -> out.append(bool.value());
      case JsonNull ignored -> out.append("null");
    }
  }

  /// Members in the order of their names' UTF-16 code units (RFC 8785 §3.2.3), which is Java's.
  private static void writeObject(JsonObject object, StringBuilder out) {
    out.append('{');
    Iterator<Map.Entry<String, Json>> members =
        new TreeMap<>(object.members()).entrySet().iterator();
    while (members.hasNext()) {
      Map.Entry<String, Json> member = members.next();
      writeString(member.getKey(), out);
      out.append(':');
      write(member.getValue(), out);
      if (members.hasNext()) {
        out.append(',');
      }
    }
    out.append('}');
  }

  private static void writeArray(JsonArray array, StringBuilder out) {
    out.append('[');
    Iterator<Json> elements = array.elements().iterator();
    while (elements.hasNext()) {
      write(elements.next(), out);
      if (elements.hasNext()) {
        out.append(',');
      }
    }
    out.append(']');
  }

  /// Escapes exactly what RFC 8785 §3.2.2.2 escapes, and nothing else.
  private static void writeString(String value, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /// A number as ECMAScript prints it (RFC 8785 §3.2.2.3, ECMA-262 §6.1.6.1.20): the shortest
  /// digits that read back to the same double.
  private static String number(JsonNumber number) {
    double value = Double.parseDouble(number.literal());
    if (!Double.isFinite(value)) {
      throw new JsonException("number " + number.literal() + " is out of range");
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal shortest = shortest(value);
    String sign = shortest.signum() < 0 ? "-" : "";
    String digits = shortest.unscaledValue().abs().toString();
    int point = digits.length() - shortest.scale();
    return sign + place(digits, point);
  }

  /// `Double.toString` gives the shortest digits since Java 19, except that it prefers two digits
  /// to one (4.9E-324 where ECMAScript has 5e-324).
  private static BigDecimal shortest(double value) {
    BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    BigDecimal single = digits.round(new MathContext(1, RoundingMode.HALF_EVEN));
    return single.doubleValue() == value ? single.stripTrailingZeros() : digits;
  }

  /// Puts the decimal point: the value is `0.digits × 10^point`.
  private static String place(String digits, int point) {
    int count = digits.length();
    if (count <= point && point <= 21) {
      return digits + "0".repeat(point - count);
    }
    if (0 < point && point <= 21) {
      return digits.substring(0, point) + "." + digits.substring(point);
    }
    if (-6 < point && point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    String exponent = (point - 1 < 0 ? "-" : "+") + Math.abs(point - 1);
    String mantissa = count == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return mantissa + "e" + exponent;
  }
}
