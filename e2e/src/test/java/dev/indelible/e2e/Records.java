package dev.indelible.e2e;

import dev.indelible.local.testing.Api;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// What one insurer and one sponsor have on record, by the places that paths have for it.
///
/// @param outer what is named by itself; a place that contains another one comes before it
/// @param inner what is named below the record that it belongs to
/// @param ids by which lists show that they contain it
record Records(Map<String, String> outer, Map<String, String> inner, Set<String> ids) {
  private static final String NOBODYS = "00000000-0000-4000-8000-000000000000";

  /// Ids of the same form that nobody has.
  static final Records ABSENT =
      new Records(
          Map.of("{id}", NOBODYS, "{registryId}", "NCT00000000"),
          Map.of("{decision}", NOBODYS, "{report}", NOBODYS),
          Set.of());

  /// What the scenario left behind.
  static Records of(Api api, Scenario scenario) {
    String decision =
        api.as(scenario.cast().adjudicator(), api.claims())
            .get("/v1/claims/{id}/decisions", scenario.decidedClaimId())
            .jsonPath()
            .getString("[0].id");
    String report =
        api.as(scenario.cast().sponsor(), api.trials())
            .get("/v1/protocols/{id}/findings", scenario.protocolId())
            .jsonPath()
            .getString("items[0].id");
    String event =
        api.as(scenario.cast().privacyOfficer(), api.claims())
            .get("/v1/claims/{id}/accesses", scenario.decidedClaimId())
            .jsonPath()
            .getString("items[0].id");
    String glass =
        api.as(scenario.cast().privacyOfficer(), api.claims())
            .get("/v1/break-glass?limit=200")
            .jsonPath()
            .getString("items.find { it.claim == '" + scenario.brokenClaimId() + "' }.id");
    Map<String, String> outer = new LinkedHashMap<>();
    outer.put("/v1/me/accesses/{id}", "/v1/me/accesses/" + firstLook(api, scenario));
    outer.put("/v1/accesses/{id}", "/v1/accesses/" + event);
    outer.put("/fhir/AuditEvent/{id}", "/fhir/AuditEvent/" + event);
    outer.put("/v1/break-glass/{id}", "/v1/break-glass/" + glass);
    outer.put("/v1/claims/{id}/erasure", "/v1/claims/" + scenario.erasedClaimId() + "/erasure");
    outer.put("/v1/me/claims/{id}", "/v1/me/claims/" + scenario.claimId());
    outer.put("/v1/me/grants/{id}", "/v1/me/grants/" + scenario.revokedGrantId());
    outer.put("/v1/shared-claims/{id}", "/v1/shared-claims/" + scenario.claimId());
    outer.put("/v1/claims/{id}", "/v1/claims/" + scenario.decidedClaimId());
    outer.put("/fhir/Claim/{id}", "/fhir/Claim/" + scenario.claimId());
    outer.put("/fhir/Consent/{id}", "/fhir/Consent/" + scenario.grantId());
    outer.put("/v1/protocols/{id}", "/v1/protocols/" + scenario.protocolId());
    outer.put("/v1/results/{id}", "/v1/results/" + scenario.resultsId());
    outer.put("{registryId}", scenario.registryId());
    return new Records(
        outer,
        Map.of("{decision}", decision, "{report}", report),
        Set.of(
            scenario.claimId(),
            scenario.grantId(),
            scenario.decidedClaimId(),
            scenario.brokenClaimId(),
            scenario.protocolId()));
  }

  /// The first event of the claim that is about the patient.
  private static String firstLook(Api api, Scenario scenario) {
    return api.as(scenario.cast().privacyOfficer(), api.claims())
        .get("/v1/claims/{id}/accesses", scenario.claimId())
        .jsonPath()
        .getString("items[0].id");
  }

  /// These records, and below them what belongs to others.
  Records around(Records others) {
    return new Records(outer, others.inner, others.ids);
  }

  /// The same, with the protocol called as a registry calls it.
  Records byRegistryId() {
    Map<String, String> named = new LinkedHashMap<>();
    named.put("/v1/protocols/{id}", "/v1/protocols/" + outer.get("{registryId}"));
    outer.forEach(named::putIfAbsent);
    return new Records(named, inner, ids);
  }

  /// The path with every place filled.
  String fill(String path) {
    String filled = fill(fill(common(path), outer), inner);
    if (filled.contains("{")) {
      throw new AssertionError("nothing to fill the places of " + path + " with");
    }
    return filled;
  }

  private static String fill(String path, Map<String, String> places) {
    String filled = path;
    for (Map.Entry<String, String> place : places.entrySet()) {
      filled = filled.replace(place.getKey(), place.getValue());
    }
    return filled;
  }

  /// What is nobody's in particular: a log, and what is in it.
  private static String common(String path) {
    return path.replace("{log}", "claims")
        .replace("{operation}", "$submit")
        .replace("/versions/{number}", "/versions/1")
        .replace("/tile/{level}/{number}", "/tile/0/000.p/1")
        .replace("/tile/entries/{number}", "/tile/entries/000.p/1")
        .replace("/blocks/{number}", "/blocks/0")
        .replace("/timestamps/{id}", "/timestamps/1")
        .replace("/scitt/claims/entries/{id}", "/scitt/claims/entries/" + "A".repeat(43))
        .replace("{kid}", "A".repeat(43))
        .replace("{index}", "0");
  }
}
