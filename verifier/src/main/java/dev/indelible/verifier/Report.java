package dev.indelible.verifier;

import dev.indelible.transparency.canonical.CanonicalJson;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonArray;
import dev.indelible.transparency.canonical.Json.JsonBoolean;
import dev.indelible.transparency.canonical.Json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A verdict with the checks behind it, for people and for programs.
///
/// @param document name of the document's file
/// @param verdict the verdict
/// @param checks the five checks
record Report(String document, Verdict verdict, List<Check> checks) {
  /// What no proof of this kind can show.
  private static final List<String> DOES_NOT_PROVE =
      List.of(
          "that the content is true, or was filed honestly",
          "anything about fields that are withheld",
          "that no later version exists");

  Report {
    checks = List.copyOf(checks);
  }

  static Report of(String document, Evidence evidence) {
    List<Check> checks = Examination.of(evidence);
    return new Report(document, Verdict.of(checks), checks);
  }

  /// The first line people read.
  private String summary() {
    return switch (verdict) {
      case Verdict.Matches() -> document + " is exactly what was anchored.";
      case Verdict.Contradicted(Finding finding) ->
          switch (finding) {
            case DOCUMENT_CHANGED -> document + " is not the anchored document.";
            case NOT_INCLUDED -> document + " is not where the proof says it is.";
            default -> "The evidence for " + document + " contradicts itself.";
          };
      case Verdict.CouldNotBeChecked ignored ->
          document + " may be genuine or not; the evidence does not suffice.";
    };
  }

  private Optional<Finding> finding() {
    return switch (verdict) {
      case Verdict.Matches() -> Optional.empty();
      case Verdict.Contradicted(Finding finding) -> Optional.of(finding);
      case Verdict.CouldNotBeChecked(Finding finding) -> Optional.of(finding);
    };
  }

  /// For people: verdict first, then the checks, then what to do, then the limits.
  String text() {
    StringBuilder out = new StringBuilder();
    out.append(verdict.words()).append("  ").append(printable(summary())).append('\n');
    for (Check check : checks) {
      out.append("  ").append(check.state().mark()).append(' ');
      out.append(printable(check.text())).append('\n');
    }
    finding().ifPresent(finding -> advise(finding, out));
    out.append("Does not prove ").append(String.join("; ", DOES_NOT_PROVE)).append(".\n");
    return out.append("Network used: none.\n").toString();
  }

  /// Texts quote the files, and a file must not be able to write "MATCHES" over our lines by moving
  /// the terminal's cursor.
  private static String printable(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}]", "\ufffd");
  }

  private static void advise(Finding finding, StringBuilder out) {
    out.append("Likely causes, likeliest first:\n");
    for (int i = 0; i < finding.causes().size(); i++) {
      out.append("  ").append(i + 1).append(". ").append(finding.causes().get(i)).append('\n');
    }
    out.append("Next: ").append(finding.next()).append('\n');
  }

  /// For programs; canonical JSON on one line.
  String json() {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("document", Json.string(document));
    members.put("verdict", Json.string(verdict.words().replace(' ', '_')));
    members.put("exitCode", Json.number(verdict.exitCode()));
    members.put("checks", new JsonArray(checks.stream().map(Report::json).toList()));
    finding()
        .ifPresent(
            finding -> {
              members.put("finding", Json.string(finding.code()));
              members.put("causes", strings(finding.causes()));
              members.put("next", Json.string(finding.next()));
            });
    members.put("doesNotProve", strings(DOES_NOT_PROVE));
    members.put("networkUsed", new JsonBoolean(false));
    return CanonicalJson.text(new JsonObject(members)) + "\n";
  }

  private static Json json(Check check) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("name", Json.string(check.name()));
    members.put("state", Json.string(check.state().name()));
    members.put("text", Json.string(check.text()));
    return new JsonObject(members);
  }

  private static Json strings(List<String> texts) {
    return new JsonArray(texts.stream().<Json>map(Json::string).toList());
  }
}
