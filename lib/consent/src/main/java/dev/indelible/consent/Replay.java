package dev.indelible.consent;

import dev.indelible.transparency.canonical.JsonException;
import dev.indelible.transparency.canonical.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Makes a decision again, from the files alone.
///
/// That the rules were in force and the grants were given is not shown by a replay: both are
/// entries of the log.
public enum Replay {
  /// The decision follows from these inputs by these rules, byte for byte.
  MATCHES,
  /// It does not.
  CONTRADICTED,
  /// The decision names other rules or other inputs than these, or a file is none of ours.
  COULD_NOT_BE_CHECKED;

  /// Replays a decision.
  ///
  /// @param ruleFile the rule file that the decision names
  /// @param inputs the document with the inputs that it names
  /// @param decision the decision document
  public static Replay of(byte[] ruleFile, byte[] inputs, byte[] decision) {
    try {
      ConsentRules rules = ConsentRules.read(ruleFile);
      Inputs read = InputsJson.read(JsonReader.readObject(inputs));
      Members said =
          Members.of(
              JsonReader.readObject(decision),
              "type",
              "atTime",
              "inputs",
              "ruleSet",
              "provisions",
              "verdict",
              "reason");
      said.requireType(DecisionDocument.TYPE);
      if (!said.text("ruleSet").equals(rules.sha256().toHex())
          || !said.text("inputs").equals(read.hash().toHex())) {
        return COULD_NOT_BE_CHECKED;
      }
      byte[] again = DecisionDocument.of(read, rules).text().getBytes(StandardCharsets.UTF_8);
      return Arrays.equals(again, decision) ? MATCHES : CONTRADICTED;
    } catch (JsonException | IllegalArgumentException e) {
      return COULD_NOT_BE_CHECKED;
    }
  }
}
