package dev.indelible.transparency.canonical;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.indelible.transparency.Testdata;
import dev.indelible.transparency.canonical.Json.JsonNumber;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
  static List<String> vectors() {
    return Testdata.list("jcs/input");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void publishedVectors(String name) {
    byte[] actual = CanonicalJson.bytes(JsonReader.read(Testdata.bytes("jcs/input/" + name)));
    assertArrayEquals(Testdata.bytes("jcs/output/" + name), actual);
    String hex = Testdata.text("jcs/outhex/" + name.replace(".json", ".txt"));
    assertArrayEquals(HexFormat.of().parseHex(hex.replaceAll("\\s", "")), actual);
    assertArrayEquals(actual, CanonicalJson.bytes(JsonReader.read(actual)));
  }

  /// RFC 8785 appendix B, and the boundaries around it.
  @ParameterizedTest
  @CsvSource({
    "0000000000000000, 0",
    "8000000000000000, 0",
    "0000000000000001, 5e-324",
    "8000000000000001, -5e-324",
    "0000000000000002, 1e-323",
    "7fefffffffffffff, 1.7976931348623157e+308",
    "ffefffffffffffff, -1.7976931348623157e+308",
    "4340000000000000, 9007199254740992",
    "c340000000000000, -9007199254740992",
    "4430000000000000, 295147905179352830000",
    "44b52d02c7e14af5, 9.999999999999997e+22",
    "44b52d02c7e14af6, 1e+23",
    "44b52d02c7e14af7, 1.0000000000000001e+23",
    "444b1ae4d6e2ef4e, 999999999999999700000",
    "444b1ae4d6e2ef4f, 999999999999999900000",
    "444b1ae4d6e2ef50, 1e+21",
    "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d, 0.000001",
    "41b3de4355555553, 333333333.3333332",
    "41b3de4355555554, 333333333.33333325",
    "41b3de4355555555, 333333333.3333333",
    "41b3de4355555556, 333333333.3333334",
    "41b3de4355555557, 333333333.33333343",
    "becbf647612f3696, -0.0000033333333333333333",
    "43143ff3c1cb0959, 1424953923781206.2",
  })
  void numbersOfRfc8785(String bits, String expected) {
    assertEquals(expected, print(Double.longBitsToDouble(HexFormat.fromHexDigitsToLong(bits))));
  }

  @ParameterizedTest
  @CsvSource({"1E30, 1e+30", "4.50, 4.5", "2e-3, 0.002", "1.0, 1", "-0, 0", "-0.0, 0", "10, 10"})
  void spellingsOfOneNumberAreOne(String literal, String expected) {
    assertEquals(expected, CanonicalJson.text(new JsonNumber(literal)));
  }

  /// The deterministic sequence that the vectors' README describes, against its published hashes:
  /// static edge cases, serial numbers from the smallest normal double, then pseudo-random bits.
  @ParameterizedTest
  @ValueSource(ints = {1_000, 10_000, 100_000})
  void publishedSequenceOfNumbers(int lines) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    NumberSequence sequence = new NumberSequence();
    for (int i = 0; i < lines; i++) {
      double value = sequence.next();
      String line = Long.toHexString(Double.doubleToRawLongBits(value)) + "," + print(value) + "\n";
      digest.update(line.getBytes(StandardCharsets.US_ASCII));
    }
    String expected =
        switch (lines) {
          case 1_000 -> "be18b62b6f69cdab33a7e0dae0d9cfa869fda80ddc712221570f9f40a5878687";
          case 10_000 -> "b9f7a8e75ef22a835685a52ccba7f7d6bdc99e34b010992cbc5864cd12be6892";
          default -> "22776e6d4b49fa294a0d0f349268e5c28808fe7e0cb2bcbe28f63894e494d4c7";
        };
    assertEquals(expected, HexFormat.of().formatHex(digest.digest()));
  }

  @Test
  void membersAreOrderedByUtf16CodeUnits() {
    String text = "{\"\\ufb33\":1,\"\\ud83d\\ude00\":2,\"\\u20ac\":3,\"a\":4,\"\":5}";
    assertEquals(
        "{\"\":5,\"a\":4,\"\u20ac\":3,\"\ud83d\ude00\":2,\"\ufb33\":1}",
        CanonicalJson.text(JsonReader.read(text)));
  }

  private static String print(double value) {
    // More digits than any double needs, so that reading them back gives the same bits.
    String literal = new java.math.BigDecimal(value).toString();
    return CanonicalJson.text(new JsonNumber(literal));
  }

  /// See jcs/README of the source repository: numgen.js.
  private static final class NumberSequence {
    private final long[] fixed = fixed();
    private final ByteBuffer block = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    private int count;
    private int left;

    double next() throws Exception {
      int at = count++;
      if (at < fixed.length) {
        return Double.longBitsToDouble(fixed[at]);
      }
      if (at < fixed.length + 2000) {
        return Double.longBitsToDouble(0x0010000000000000L + at - fixed.length);
      }
      double value = 0;
      while (value == 0 || !Double.isFinite(value)) {
        if (left == 0) {
          byte[] hash = MessageDigest.getInstance("SHA-256").digest(block.array());
          block.clear().put(hash).clear();
          left = 4;
        }
        value = block.getDouble((4 - left--) * 8);
      }
      return value;
    }

    private static long[] fixed() {
      return Testdata.text("jcs/es6-static.txt")
          .lines()
          .mapToLong(HexFormat::fromHexDigitsToLong)
          .toArray();
    }
  }
}
