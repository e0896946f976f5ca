package dev.indelible.transparency.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.indelible.transparency.VerificationException;
import dev.indelible.transparency.VerificationException.Reason;
import dev.indelible.transparency.canonical.CanonicalJson;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.note.TestKeys;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("part11/11.10.b")
@Tag("hipaa/164.312.c.2")
@Tag("hipaa/164.312.e.2.i")
class DisclosureTest {
  private final Statement statement =
      Statement.builder()
          .put("/amount", 64_000)
          .put("/member", "M-1")
          .put("/type", "claim.submitted/v1")
          .put("/urgent", true)
          .build();
  private final Opening opening = Opening.of(new byte[Opening.LENGTH]);
  private final Entry entry =
      Entry.sign(
          "urn:indelible:org:alder",
          "urn:uuid:1",
          opening.commit(statement).root(),
          TestKeys.ed25519Counting());

  private String text(Predicate<String> shown) {
    return CanonicalJson.text(Disclosure.of(entry, statement, opening, shown).toJson());
  }

  private static Disclosure parse(String text) throws VerificationException {
    return Disclosure.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everySelectionOfFieldsVerifies() throws VerificationException {
    for (int mask = 0; mask < 16; mask++) {
      int selection = mask;
      String text = text(p -> (selection >> (p.hashCode() & 3) & 1) == 1);
      Disclosure read = parse(text);
      read.verify();
      assertEquals(text, CanonicalJson.text(read.toJson()));
    }
    parse(text(p -> false)).verify();
  }

  @Test
  void withheldFieldsDoNotShow() {
    String text = text(p -> !p.equals("/member"));
    assertFalse(text.contains("M-1"));
    assertFalse(text.contains("/member"));
  }

  /// Every edit that leaves a readable disclosure contradicts the entry.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"value\":64000|\"value\":64001",
        "\"value\":64000|\"value\":-64000",
        "\"value\":64000|\"value\":64000.0",
        "\"value\":64000|\"value\":64000.0000000000001",
        "\"value\":64000|\"value\":6.4e4",
        "\"value\":64000|\"value\":\"64000\"",
        "\"value\":true|\"value\":null",
        "\"M-1\"|\"M-2\"",
        "\"/amount\"|\"/amoumt\"",
        "\"/amount\"|\"amount\"",
        "\"/amount\"|\"/zzz\"",
        "\"/member\"|\"/amount\"",
      })
  void editsContradict(String from, String to) throws VerificationException {
    Disclosure edited = parse(text(p -> true).replace(from, to));
    VerificationException e = assertThrows(VerificationException.class, edited::verify);
    assertEquals(Reason.NOT_THE_DOCUMENT, e.reason());
  }

  /// What a reader could take for a value although nothing proves it.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"commitment\":|{\"pointer\":\"/member\",\"value\":\"M-2\",\"commitment\":",
        "{\"pointer\":|{\"title\":\"Amount\",\"pointer\":",
        "\"format\":|\"note\":\"checked\",\"format\":",
        "indelible/disclosure/v1|indelible/disclosure/v2",
        "\"value\":64000|\"value\":[64000]",
        "\"value\":64000|\"value\":64000,\"value\":1",
        "\"fields\":[|\"fields\":[1,",
        "\"salt\":\"|\"salt\":\"AA",
        "\"entry\":\"|\"entry\":\"AAAA",
        "==\",\"value\"|\",\"value\"",
      })
  void moreThanTheFormatIsRefused(String from, String to) {
    String edited =
        text(p -> !p.equals("/member")).replaceFirst(java.util.regex.Pattern.quote(from), to);
    VerificationException e = assertThrows(VerificationException.class, () -> parse(edited));
    assertEquals(Reason.MALFORMED, e.reason());
  }

  @Test
  void withoutFieldsThereIsNothingToBelieve() {
    String text = text(p -> true);
    String none =
        text.substring(0, text.indexOf("\"fields\":["))
            + "\"fields\":[]"
            + text.substring(text.indexOf("],\"format\"") + 1);
    assertThrows(VerificationException.class, () -> parse(none));
  }

  @Test
  void everyCutIsMalformed() {
    String text = text(p -> true);
    for (int end = 0; end < text.length(); end++) {
      String cut = text.substring(0, end);
      VerificationException e = assertThrows(VerificationException.class, () -> parse(cut));
      assertEquals(Reason.MALFORMED, e.reason());
    }
  }
}
