package dev.indelible.verifier;

import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/// One vector: three files and what every verifier has to say about them.
///
/// @param name the mutation
/// @param exitCode 0, 1 or 3
record Case(String name, int exitCode, String document, String proof, String policy) {
  String verdict() {
    return switch (exitCode) {
      case 0 -> "MATCHES";
      case 1 -> "CONTRADICTED";
      default -> "COULD NOT BE CHECKED";
    };
  }

  Case expect(String otherName, int code) {
    return new Case(otherName, code, document, proof, policy);
  }

  Case document(String text) {
    return new Case(name, exitCode, text, proof, policy);
  }

  Case proof(String text) {
    return new Case(name, exitCode, document, text, policy);
  }

  Case policy(String text) {
    return new Case(name, exitCode, document, proof, text);
  }

  /// As a file; what is as in `valid.json` is left out.
  Json toJson(Case valid) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("verdict", Json.string(verdict()));
    members.put("exitCode", Json.number(exitCode));
    put(members, "document", document, valid.document);
    put(members, "proof", proof, valid.proof);
    put(members, "policy", policy, valid.policy);
    return new JsonObject(members);
  }

  private void put(Map<String, Json> members, String part, String text, String valid) {
    if (name.equals("valid") || !text.equals(valid)) {
      members.put(part, Json.string(text));
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
