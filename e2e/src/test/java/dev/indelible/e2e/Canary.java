package dev.indelible.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.indelible.local.testing.Samples;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// Made-up personal data that is easy to find again: whatever begins with a word that nothing else
/// contains.
final class Canary {
  private static final String WORD = "Canary" + ProcessHandle.current().pid();

  /// In text, in the hexadecimal that PostgreSQL shows bytes in, and the member numbers of every
  /// other test of this JVM.
  private static final Pattern ANY =
      Pattern.compile(
          "(?i)%s|%s|TEST-%d-\\d"
              .formatted(
                  WORD,
                  HexFormat.of().formatHex(WORD.getBytes(UTF_8)),
                  ProcessHandle.current().pid()));

  private Canary() {}

  /// A value no other sample of this run has.
  static String value() {
    return Samples.fresh(WORD);
  }

  /// Whether the text contains any.
  static boolean isIn(String text) {
    return ANY.matcher(text).find();
  }
}
