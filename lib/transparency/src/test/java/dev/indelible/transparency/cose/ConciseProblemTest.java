package dev.indelible.transparency.cose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConciseProblemTest {
  private static final ConciseProblem PROBLEM = new ConciseProblem("T", "d", "u:x", "c");

  /// `{-1: "T", -2: "d", "u:x": {"code": "c"}}`, encoded by hand.
  private static final String HEX =
      "a3" + "206154" + "216164" + "63753a78" + "a1" + "64636f6465" + "6163";

  @Test
  void encodesAsRfc9290HasIt() {
    assertEquals(HEX, HexFormat.of().formatHex(PROBLEM.bytes()));
    assertEquals(PROBLEM, ConciseProblem.parse(HexFormat.of().parseHex(HEX)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a0", "80", "a2206154216164", "a1206154", "a320615421616463753a78a0"})
  void refusesWhatIsNoProblemOfOurs(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThrows(IllegalArgumentException.class, () -> ConciseProblem.parse(bytes));
  }
}
