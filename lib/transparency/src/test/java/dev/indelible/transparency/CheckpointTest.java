package dev.indelible.transparency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
  private static final String ROOT = "rrb1ng7IY8AlVQPDQFE2Yq2p4WaWSYlHkOiPpxVBqT0=";

  @Test
  void printsAsItWasRead() {
    for (String text :
        new String[] {
          "example.com/log\n1\n" + ROOT + "\n",
          "a name with spaces\n999999999999999999\n" + ROOT + "\n",
          "é\n0\n" + Hash.EMPTY_TREE + "\n"
        }) {
      assertEquals(text, Checkpoint.parse(text).text());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "o\n",
        "o\n1\n",
        "o\n1\n@",
        "o\n1\n@\nextension\n",
        "o\n1\n@\n\n",
        "\n1\n@\n",
        "o\n01\n@\n",
        "o\n+1\n@\n",
        "o\n-1\n@\n",
        "o\n 1\n@\n",
        "o\n1 \n@\n",
        "o\n1.0\n@\n",
        "o\n0x1\n@\n",
        "o\n\n@\n",
        "o\n١\n@\n",
        "o\n9999999999999999999\n@\n",
        "o\n0\n@\n",
        "o\n1\nAAAA\n",
        "o\n1\n\n",
        "o\n1\n@ \n",
        "o\r\n1\r\n@\r\n",
      })
  void refuses(String pattern) {
    String text = pattern.replace("@", ROOT);
    assertThrows(IllegalArgumentException.class, () -> Checkpoint.parse(text));
  }

  @Test
  void otherSpellingsOfTheRootAreRefused() {
    String loose = ROOT.replace("T0=", "T1=");
    assertThrows(IllegalArgumentException.class, () -> Checkpoint.parse("o\n1\n" + loose + "\n"));
    String bare = ROOT.replace("=", "");
    assertThrows(IllegalArgumentException.class, () -> Checkpoint.parse("o\n1\n" + bare + "\n"));
  }
}
