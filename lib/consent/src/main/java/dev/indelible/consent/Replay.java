package dev.indelible.consent;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.canonical.CanonicalJson;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.JsonException;
import dev.indelible.transparency.canonical.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Makes a decision again, from the files alone.
///
/// That the rules were in force and the grants were given is not shown by a replay: both are
/// entries of the log.
public sealed interface Replay {
  /// The decision follows from these inputs by these rules, byte for byte.
  record Matches() implements Replay {}

  /// It does not.
  ///
  /// @param difference the first thing in which it and what follows differ, in the order of RFC
  ///   8785
  record Contradicted(String difference) implements Replay {}

  /// The decision names other rules or other inputs than these, or a file is none of ours.
  ///
  /// @param why which of them
  record CouldNotBeChecked(String why) implements Replay {}

  /// Replays a decision.
  ///
  /// @param ruleFile the rule file that the decision names
  /// @param inputs the document with the inputs that it names
  /// @param decision the decision document
  static Replay of(byte[] ruleFile, byte[] inputs, byte[] decision) {
    String file = "rule file";
    try {
      ConsentRules rules = ConsentRules.read(ruleFile);
      file = "inputs";
      Inputs read = InputsJson.read(JsonReader.readObject(inputs));
      file = "decision";
      Members said = DecisionDocument.members(JsonReader.readObject(decision));
      if (!said.text("ruleSet").equals(rules.sha256().toHex())) {
        return other("rule file", said.text("ruleSet"), rules.sha256());
      }
      if (!said.text("inputs").equals(read.hash().toHex())) {
        return other("inputs", said.text("inputs"), read.hash());
      }
      byte[] again = DecisionDocument.of(read, rules).text().getBytes(StandardCharsets.UTF_8);
      return Arrays.equals(again, decision)
          ? new Matches()
          : new Contradicted(difference(decision, again));
    } catch (JsonException | IllegalArgumentException e) {
      return new CouldNotBeChecked("not readable: " + file + ": " + e.getMessage());
    }
  }

  private static Replay other(String file, String named, Hash given) {
    return new CouldNotBeChecked(
        "other "
            + file
            + " than the decision names: SHA-256 is "
            + given.toHex()
            + ", not "
            + named);
  }

  private static String difference(byte[] decision, byte[] again) {
    Map<String, Json> said = JsonReader.readObject(decision).members();
    Map<String, Json> follows = JsonReader.readObject(again).members();
    Set<String> names = new TreeSet<>(said.keySet());
    names.addAll(follows.keySet());
    for (String name : names) {
      if (!Objects.equals(said.get(name), follows.get(name))) {
        return name
            + " is "
            + text(said.get(name))
            + ", and "
            + text(follows.get(name))
            + " follows";
      }
    }
    return "not canonical from byte " + Arrays.mismatch(decision, again) + " on";
  }

  private static String text(@Nullable Json value) {
    return value == null ? "nothing" : CanonicalJson.text(value);
  }
}
