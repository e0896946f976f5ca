package dev.indelible.transparency.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.TestKeys;
import dev.indelible.transparency.note.VerifierKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `$l`, `$m`, `$a` … stand for keys; see [#fill].
class PolicyReaderTest {
  private static final Map<String, VerifierKey> KEYS = new HashMap<>();

  static {
    for (String name : new String[] {"a", "b", "c", "d"}) {
      KEYS.put(name, key("witness.example/" + name, KeyType.ED25519_COSIGNATURE));
    }
    KEYS.put("l", key("log.example", KeyType.ED25519));
    KEYS.put("m", key("log.example", KeyType.ML_DSA_44_COSIGNATURE));
    VerifierKey a = KEYS.get("a");
    KEYS.put("same", new VerifierKey("other.example", KeyType.ED25519_COSIGNATURE, a.material()));
    KEYS.put("reused", new VerifierKey("log.example", KeyType.ED25519, a.material()));
  }

  private static VerifierKey key(String name, KeyType type) {
    return VerifierKey.of(name, type, TestKeys.random(type.algorithm()));
  }

  private static TrustPolicy parse(String text) {
    return TrustPolicy.parse(fill(text));
  }

  private static String fill(String text) {
    Matcher names = Pattern.compile("\\$([a-z]+)").matcher(text);
    return names.replaceAll(m -> Matcher.quoteReplacement(KEYS.get(m.group(1)).vkey()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quorum none",
        "log $l\nquorum none\n",
        "log $l\nlog $m https://log.example/\nquorum none\n",
        "\n \t\n# comment\n  # indented comment\nquorum none\n\n",
        "  log\t$l  https://log.example/  \n\tquorum\tnone\t\n",
        "log $l\r\nquorum none\r\n",
        "witness A $a\nquorum A",
        "witness A $a https://a.example/\nwitness B $b\ngroup g any A B\nquorum g",
        "witness A $a\nwitness B $b\nwitness C $c\nwitness D $d\ngroup g 1 A B\ngroup h all C D\ngroup i 2 g h\nquorum i",
        "witness A $a\ngroup g all A\nquorum g",
        "witness # $a\nquorum #",
        "witness K $a\nwitness \u212a $b\nquorum K",
        "witness all $a\ngroup any all all\nquorum any",
        "quorum none\nwitness A $a\nlog $l",
      })
  void accepts(String text) {
    parse(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "log $l",
        "quorum none\nquorum none",
        "quorum",
        "quorum none none",
        "quorum A",
        "quorum A\nwitness A $a",
        "quorum None",
        "Quorum none",
        "unknown word\nquorum none",
        "quorum none # not a comment",
        "log\nquorum none",
        "log $l https://a https://b\nquorum none",
        "log nonsense\nquorum none",
        "log $l\nlog $l\nquorum none",
        "log $reused\nwitness A $a\nquorum none",
        "witness A $a\nwitness B $same\nquorum none",
        "witness A $a\nwitness A $b\nquorum none",
        "witness none $a\nquorum none",
        "witness A\nquorum none",
        "witness A $l\nquorum A",
        "witness A $a x y\nquorum none",
        "group g any\nquorum none",
        "group g any A\nwitness A $a\nquorum none",
        "group g any g\nquorum none",
        "witness A $a\ngroup A any A\nquorum none",
        "witness A $a\ngroup none any A\nquorum none",
        "witness A $a\ngroup g any none\nquorum none",
        "witness A $a\ngroup g 0 A\nquorum none",
        "witness A $a\ngroup g 2 A\nquorum none",
        "witness A $a\ngroup g -1 A\nquorum none",
        "witness A $a\ngroup g +1 A\nquorum none",
        "witness A $a\ngroup g 01 A\nquorum none",
        "witness A $a\ngroup g 1.0 A\nquorum none",
        "witness A $a\ngroup g most A\nquorum none",
        "witness A $a\ngroup g 2 A A\nquorum none",
        "witness A $a\nwitness B $b\ngroup g any A B\ngroup h any A\nquorum g",
        "log $l\u000cquorum none",
        "# comment\u0007\nquorum none",
        "quorum\u00a0none",
        "\u00a0quorum none",
        "quorum none\u007f",
      })
  void refuses(String text) {
    assertThrows(IllegalArgumentException.class, () -> parse(text));
  }

  @Test
  void refusalsNameTheLine() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> parse("# x\nlog $l\nnonsense\n"))
            .getMessage();
    assertTrue(message.startsWith("policy line 3: "), message);
  }

  @Test
  void readsUrlsAndOrder() {
    TrustPolicy policy =
        parse("log $l https://log/\nwitness B $b https://b/\nwitness A $a\nquorum B\n");
    assertEquals("B", policy.witnesses().getFirst().name());
    assertEquals(Optional.of("https://b/"), policy.witnesses().getFirst().url());
    assertEquals(Optional.empty(), policy.witnesses().getLast().url());
    assertEquals(1, policy.logKeys("log.example").size());
    assertEquals(0, policy.logKeys("other.example").size());
  }

  @Test
  void quorumsCount() {
    Quorum quorum =
        parse(
                "witness A $a\nwitness B $b\nwitness C $c\nwitness D $d\n"
                    + "group x 2 A B C\ngroup y all x D\nquorum y\n")
            .quorum();
    assertTrue(quorum.isMet(Set.of("A", "C", "D")));
    assertTrue(quorum.isMet(Set.of("A", "B", "C", "D")));
    assertFalse(quorum.isMet(Set.of("A", "B", "C")));
    assertFalse(quorum.isMet(Set.of("A", "D")));
    assertFalse(quorum.isMet(Set.of()));
    assertTrue(parse("quorum none").quorum().isMet(Set.of()));
  }

  @Test
  void thirtyTwoOfEverything() {
    StringBuilder text = new StringBuilder();
    StringBuilder groups = new StringBuilder("group all-of-them all");
    for (int i = 0; i < 32; i++) {
      text.append("log ").append(key("log" + i, KeyType.ED25519).vkey()).append('\n');
      text.append("witness w").append(i).append(' ');
      text.append(key("w" + i, KeyType.ED25519_COSIGNATURE).vkey()).append('\n');
      text.append("group g").append(i).append(" any w").append(i).append('\n');
      groups.append(" g").append(i);
    }
    TrustPolicy policy = TrustPolicy.parse(text + groups.toString() + "\nquorum all-of-them\n");
    assertEquals(32, policy.logs().size());
  }
}
