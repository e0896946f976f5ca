package dev.indelible.transparency.cose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CborTest {
  @ParameterizedTest
  @CsvSource({
    "'', nothing",
    "ff, break",
    "f7, undefined",
    "e0, another simple value",
    "f815, true in two bytes",
    "f97e00, not a number",
    "1bffffffffffffffff, beyond a long",
    "9b7fffffffffffffff, endless array",
    "bb7fffffffffffffff, endless map",
    "5b7fffffffffffffff, endless byte string",
    "7b7fffffffffffffff, endless text",
    "a201010102, a key twice",
    "818181818181818181818101, deep",
    "c1c1c1c1c1c1c1c1c1c1c101, deep tags",
    "1c, reserved length",
    "5f41014102ff, indefinite byte string",
    "1817, 23 in two bytes",
    "1900ff, 255 in three bytes",
    "1a0000ffff, 65535 in five bytes",
    "1b00000000ffffffff, 2^32-1 in nine bytes",
    "5800, empty byte string in two bytes",
    "61ff, text that is not UTF-8",
    "a1410101, a byte string as key",
    "a1800101, a list as key",
    "0101, two items",
  })
  void cborBeyondOurSubsetIsRefused(String hex, String why) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThrows(IllegalArgumentException.class, () -> CborReader.read(bytes), why);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 00",
    "23, 17",
    "24, 1818",
    "255, 18ff",
    "256, 190100",
    "65535, 19ffff",
    "65536, 1a00010000",
    "4294967295, 1affffffff",
    "4294967296, 1b0000000100000000",
    "9223372036854775807, 1b7fffffffffffffff",
    "-1, 20",
    "-24, 37",
    "-25, 3818",
    "-9223372036854775808, 3b7fffffffffffffff",
  })
  void integersOfRfc8949(long value, String hex) {
    assertEquals(hex, HexFormat.of().formatHex(Cbor.encode(value)));
    assertEquals(value, CborReader.read(HexFormat.of().parseHex(hex)));
  }

  /// What comes in comes out again.
  @ParameterizedTest
  @ValueSource(strings = {"80", "a0", "40", "60", "f4", "f5", "f6", "83f601a10180", "d28440a0f640"})
  void itemsOfOurSubset(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertArrayEquals(bytes, Cbor.encode(CborReader.read(bytes)));
  }

  @Test
  void whatHasNoFormIsNotWritten() {
    assertThrows(IllegalArgumentException.class, () -> Cbor.encode(1.5));
  }
}
