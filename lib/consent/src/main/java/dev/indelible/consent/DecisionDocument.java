package dev.indelible.consent;

import dev.indelible.consent.Decision.Deny;
import dev.indelible.consent.Decision.Permit;
import dev.indelible.transparency.canonical.CanonicalJson;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonArray;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.JsonException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A decision as it is kept: what was decided, when, from what and by which rules. It names nobody.
///
/// @param decision what was decided
/// @param text the canonical document (RFC 8785)
public record DecisionDocument(Decision decision, String text) {
  private static final String TYPE = "consent.decision/v1";

  /// The members of a document that somebody kept.
  ///
  /// @throws JsonException when it is none of ours
  static Members members(JsonObject json) {
    Members said =
        Members.of(json, "type", "atTime", "inputs", "ruleSet", "provisions", "verdict", "reason");
    said.requireType(TYPE);
    return said;
  }

  /// Decides, and writes the decision down. The only way to make such a document, when it happens
  /// and when it is replayed.
  public static DecisionDocument of(Inputs inputs, ConsentRules rules) {
    Decision decision = Evaluator.decide(inputs, rules);
    List<Json> provisions = decision.provisions().stream().<Json>map(Json::string).toList();
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("type", Json.string(TYPE));
    members.put("atTime", Json.string(inputs.atTime().text()));
    members.put("inputs", Json.string(inputs.hash().toHex()));
    members.put("ruleSet", Json.string(rules.sha256().toHex()));
    members.put("provisions", new JsonArray(provisions));
    switch (decision) {
      case Permit ignored -> members.put("verdict", Json.string("permit"));
      case Deny deny -> {
        members.put("verdict", Json.string("deny"));
        members.put("reason", Json.string(deny.reason().code()));
      }
    }
    return new DecisionDocument(decision, CanonicalJson.text(new JsonObject(members)));
  }
}
