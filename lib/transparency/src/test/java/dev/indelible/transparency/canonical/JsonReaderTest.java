package dev.indelible.transparency.canonical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "[",
        "]",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1 \"b\":2}",
        "[1 2]",
        "1 2",
        "{}{}",
        "{\"a\":1,\"a\":1}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"x\":{\"a\":1,\"b\":2,\"a\":3}}",
        "01",
        "-01",
        "00",
        "+1",
        ".5",
        "1.",
        "1.e3",
        "1e",
        "1e+",
        "-",
        "0x10",
        "1_000",
        "NaN",
        "Infinity",
        "-Infinity",
        "1e400",
        "-1e400",
        "9007199254740992",
        "-9007199254740992",
        "18446744073709551616",
        "99999999999999999999",
        "True",
        "nul",
        "nulll",
        "undefined",
        "\"",
        "\"a",
        "\"\t\"",
        "\"\n\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\\u\"",
        "'a'",
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\udc00\\ud800\"",
        "\"\\ud800a\"",
        "{\"\\ud800\":1}",
        "\"\\U0041\"",
        "\"\\u٠٠٤١\"",
        "// comment\n1",
        "/**/1",
        "[1]//",
        "#\n1",
        "\ufeff1",
        "\u00a01",
        "1\u0000",
        "\f1",
        "[1\u000b]",
      })
  void refuses(String text) {
    assertThrows(JsonException.class, () -> JsonReader.read(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "1.5",
        "-1.5E+3",
        "1e-400",
        "9007199254740991",
        "-9007199254740991",
        "1e300",
        "true",
        "false",
        "null",
        "\"\"",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
        "\"\\ud83d\\ude00\"",
        "\"\u007f\"",
        "[]",
        "{}",
        " \t\r\n[ 1 , { } ] \n",
        "{\"\":{\"\":{}}}",
        "{\"a\":1,\"A\":1}",
        "\"\\u0000\"",
        "[[[[]]]]",
        "\"\u2028\ufffe\"",
      })
  void accepts(String text) {
    Json value = JsonReader.read(text);
    String canonical = CanonicalJson.text(value);
    assertEquals(canonical, CanonicalJson.text(JsonReader.read(canonical)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"22ff22", "22c0af22", "22eda08022", "22f490808022", "efbbbf31", "2280", "22e282"})
  void refusesMalformedUtf8(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThrows(JsonException.class, () -> JsonReader.read(bytes));
  }

  /// What stands for malformed bytes may also be meant; beside it malformed bytes stay malformed.
  @Test
  void theReplacementCharacterIsACharacter() {
    byte[] meant = "\"\ufffd\"".getBytes(StandardCharsets.UTF_8);
    assertEquals(Json.string("\ufffd"), JsonReader.read(meant));
    byte[] both = HexFormat.of().parseHex("22efbfbdff22");
    assertThrows(JsonException.class, () -> JsonReader.read(both));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"\\n\"', 0a",
    "'\"a\\n\"', 610a",
    "'\"\\na\"', 0a61",
    "'\"ab\\t\\u00e9cd\\\\\"', 616209c3a963645c",
    "'\"\\ud83d\\ude00\"', f09f9880",
    "'\"é\\\"😀\"', c3a922f09f9880",
  })
  void escapesAreReadWhereverTheyStand(String text, String utf8) {
    String value = new String(HexFormat.of().parseHex(utf8), StandardCharsets.UTF_8);
    assertEquals(Json.string(value), JsonReader.read(text));
  }

  /// A pair of which one half is escaped and the other is not cannot come in UTF-8; in text it can.
  @Test
  void halvesOfAPairMayBeSpeltDifferently() {
    assertEquals(Json.string("😀"), JsonReader.read("\"\\ud83d\ude00\""));
    assertThrows(JsonException.class, () -> JsonReader.read("\"\ud83d\""));
    assertThrows(JsonException.class, () -> JsonReader.read("\"😀\ude00\""));
  }

  @Test
  void depthIsLimitedWithoutExhaustingTheStack() {
    String allowed = "[".repeat(JsonReader.MAX_DEPTH) + "]".repeat(JsonReader.MAX_DEPTH);
    JsonReader.read(allowed);
    JsonReader.read(allowed.replace("[]", "[1]"));
    for (int depth : new int[] {JsonReader.MAX_DEPTH + 2, 100_000}) {
      String bomb = "[".repeat(depth) + "]".repeat(depth);
      assertThrows(JsonException.class, () -> JsonReader.read(bomb));
      String objects = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
      assertThrows(JsonException.class, () -> JsonReader.read(objects));
    }
  }

  @Test
  void messagesSayWhere() {
    JsonException e = assertThrows(JsonException.class, () -> JsonReader.read("{\"a\":1,\"a\":2}"));
    assertTrue(e.getMessage().contains("\"a\" is given twice"), e.getMessage());
    byte[] array = "[]".getBytes(StandardCharsets.UTF_8);
    assertThrows(JsonException.class, () -> JsonReader.readObject(array));
  }

  @Test
  void everyCutOfATextIsRefused() {
    String text = "{\"a\":[1,2.5e3,\"\\u00e9\",true,null],\"b\":{}}";
    JsonReader.read(text);
    for (int end = 0; end < text.length(); end++) {
      String cut = text.substring(0, end);
      assertThrows(JsonException.class, () -> JsonReader.read(cut), cut);
    }
  }
}
