package dev.indelible.trials.outcome;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonNumber;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.Json.JsonString;
import dev.indelible.transparency.canonical.JsonException;
import dev.indelible.transparency.canonical.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The published rules that turn a change into a severity: a versioned file, named in every finding
/// by the SHA-256 of its bytes, so that anyone can run it again.
///
/// @param sha256 of the file, in hexadecimal
/// @param name what it is about
/// @param version rises with every change of the file
/// @param content the file's text
/// @param thresholds its numbers
/// @param rules in order; the first that fits decides
public record RuleSet(
    String sha256,
    String name,
    long version,
    String content,
    Thresholds thresholds,
    List<Rule> rules) {
  public RuleSet {
    rules = List.copyOf(rules);
  }

  /// One line of the file; an empty list fits everything.
  ///
  /// @param id its name in findings
  public record Rule(
      String id,
      List<String> codes,
      List<String> contexts,
      List<String> declarations,
      List<String> phases,
      Severity severity) {

    boolean fits(ChangeCode code, Context context, Declaration declaration, Phase phase) {
      return fits(codes, code)
          && fits(contexts, context)
          && fits(declarations, declaration)
          && fits(phases, phase);
    }

    private static boolean fits(List<String> allowed, Enum<?> value) {
      return allowed.isEmpty() || allowed.contains(value.name());
    }
  }

  /// Reads a rule file.
  ///
  /// @throws JsonException when it is not one
  public static RuleSet parse(byte[] file) {
    JsonObject document = JsonReader.readObject(file);
    List<Rule> rules =
        document.list("rules").stream().map(rule -> rule((JsonObject) rule)).toList();
    return new RuleSet(
        Hash.sha256(file).toHex(),
        text(document, "name"),
        number(document, "version"),
        new String(file, StandardCharsets.UTF_8),
        thresholds(document),
        rules);
  }

  /// The first rule that fits.
  Rule rule(ChangeCode code, Context context, Declaration declaration, Phase phase) {
    return rules.stream()
        .filter(rule -> rule.fits(code, context, declaration, phase))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the last rule of a set fits everything"));
  }

  private static Rule rule(JsonObject rule) {
    return new Rule(
        text(rule, "id"),
        names(rule, "codes"),
        names(rule, "contexts"),
        names(rule, "declarations"),
        names(rule, "phases"),
        Severity.valueOf(text(rule, "severity")));
  }

  private static Thresholds thresholds(JsonObject document) {
    if (document.find("thresholdsPerMille").orElse(null) instanceof JsonObject perMille) {
      return new Thresholds(
          (int) number(perMille, "sampleSizeChange"),
          (int) number(perMille, "enrolledMin"),
          (int) number(perMille, "enrolledMax"),
          (int) number(perMille, "reviewFrom"));
    }
    throw new JsonException("object member \"thresholdsPerMille\" is missing");
  }

  private static List<String> names(JsonObject rule, String member) {
    return rule.list(member).stream().map(name -> ((JsonString) name).value()).toList();
  }

  private static String text(JsonObject object, String member) {
    return object
        .findString(member)
        .orElseThrow(() -> new JsonException("string member \"" + member + "\" is missing"));
  }

  private static long number(JsonObject object, String member) {
    Json value = object.find(member).orElse(null);
    if (value instanceof JsonNumber number && number.isInteger()) {
      return Long.parseLong(number.literal());
    }
    throw new JsonException("integer member \"" + member + "\" is missing");
  }
}
