package dev.indelible.consent;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.canonical.JsonException;
import dev.indelible.transparency.canonical.JsonReader;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A version of the rules: what a patient's grant can open at all. A file, named by its digest.
///
/// @param name the version's name
/// @param openings what grants may open; everything else stays closed, whatever a grant says
/// @param sha256 of the file's bytes
public record ConsentRules(String name, Set<Opening> openings, Hash sha256) {
  /// Takes a copy.
  public ConsentRules {
    openings = Set.copyOf(openings);
  }

  /// One thing that a grant may open.
  ///
  /// @param purpose code of HL7 v3 PurposeOfUse
  /// @param role who may be given it
  /// @param action code of FHIR `consentaction`
  /// @param dataClass FHIR resource type
  public record Opening(String purpose, String role, String action, String dataClass) {}

  /// Reads a rule file.
  ///
  /// @throws JsonException when it is none
  public static ConsentRules read(byte[] file) {
    Members in = Members.of(JsonReader.readObject(file), "name", "openings");
    List<Opening> openings =
        in.objects("openings").stream()
            .map(json -> Members.of(json, "purpose", "role", "action", "dataClass"))
            .map(
                opening ->
                    new Opening(
                        opening.text("purpose"),
                        opening.text("role"),
                        opening.text("action"),
                        opening.text("dataClass")))
            .toList();
    return new ConsentRules(in.text("name"), Set.copyOf(openings), Hash.sha256(file));
  }

  /// The purposes for which a grant can open anything.
  public Set<String> purposes() {
    return openings.stream().map(Opening::purpose).collect(Collectors.toUnmodifiableSet());
  }

  boolean foresee(Request request) {
    return openings.contains(
        new Opening(request.purpose(), request.role(), request.action(), request.dataClass()));
  }
}
