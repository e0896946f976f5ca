package dev.indelible.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.indelible.local.testing.Samples;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Made-up personal data that is easy to find again: whatever begins with a word that nothing else
/// contains.
final class Canary {
  private static final long RUN = ProcessHandle.current().pid();

  /// Of what is encrypted wherever it lies.
  private static final String SECRET = "Canary" + RUN;

  /// Of what lies readable in one database, and nowhere else.
  private static final String READABLE = "Finch" + RUN;

  /// What the member numbers of every other test of this JVM begin with.
  private static final String MEMBER = "TEST-" + RUN + "-";

  private static final Pattern ANY = pattern(SECRET, READABLE, MEMBER);
  private static final Pattern ANY_SECRET = pattern(SECRET, MEMBER);
  private static final List<String> FORMS = forms(SECRET, READABLE, MEMBER).toList();
  private static final List<String> SECRET_FORMS = forms(SECRET, MEMBER).toList();

  private Canary() {}

  /// A value no other sample of this run has.
  static String value() {
    return Samples.fresh(SECRET);
  }

  /// One for a field that a database keeps as it is.
  static String readable() {
    return Samples.fresh(READABLE);
  }

  /// Whether the text contains any.
  static boolean isIn(String text) {
    return ANY.matcher(text).find();
  }

  /// Whether it contains any that must not be readable even where records are kept.
  static boolean isSecretIn(String text) {
    return ANY_SECRET.matcher(text).find();
  }

  /// Whether the bytes of a file, text or not, contain any.
  static boolean isIn(byte[] file) {
    return contains(file, FORMS);
  }

  /// Whether they contain any that must not be readable even where records are kept.
  static boolean isSecretIn(byte[] file) {
    return contains(file, SECRET_FORMS);
  }

  private static boolean contains(byte[] file, List<String> forms) {
    String bytes = new String(file, ISO_8859_1);
    return forms.stream().anyMatch(bytes::contains);
  }

  private static Pattern pattern(String... words) {
    return Pattern.compile("(?i)" + String.join("|", forms(words).map(Pattern::quote).toList()));
  }

  /// As text, in hexadecimal, and in base64 wherever in a longer text it stands.
  private static Stream<String> forms(String... words) {
    return Stream.of(words).flatMap(Canary::forms);
  }

  private static Stream<String> forms(String word) {
    String hex = HexFormat.of().formatHex(word.getBytes(UTF_8));
    return Stream.concat(
        Stream.of(word, hex, hex.toUpperCase(Locale.ROOT)),
        IntStream.range(0, 3).mapToObj(before -> base64(word, before)));
  }

  /// The characters that depend on the word alone, whatever is around it.
  private static String base64(String word, int before) {
    byte[] bytes = ("x".repeat(before) + word).getBytes(UTF_8);
    return Base64.getEncoder()
        .encodeToString(bytes)
        .substring((8 * before + 5) / 6, 8 * bytes.length / 6);
  }
}
