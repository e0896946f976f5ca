package dev.indelible.local.demo;

import dev.indelible.transparency.canonical.CanonicalJson;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonObject;

/// Act 3: a trial reports another primary outcome than the one it registered.
record SwitchedOutcome(Stage stage) {
  /// Returns the address of the result set.
  String play() {
    Narrator say = stage.narrator();
    say.act(3, "A trial reports a different outcome");
    Call sponsor = stage.as("sponsor");
    String protocols = stage.trials() + "/v1/protocols";
    Call.Answer registered = sponsor.post(protocols, protocol()).expect(202);
    String protocol = protocols + "/" + registered.string("id");
    say.line(
        "CARDIO-17 protocol: primary = 6-minute walk, week 26; secondary = quality of life, week 12");
    Call.Answer results =
        sponsor.post(protocol + "/results", results(registered.string("versionId"))).expect(202);
    say.line("CARDIO-17 results:  primary = quality of life, week 12");
    Call.Answer findings = sponsor.get(protocol + "/findings").expect(200);
    findings(findings.json());
    String url = stage.trials() + "/v1/results/" + results.string("id");
    stage.await(
        "the witnesses' cosignatures",
        () -> sponsor.get(url),
        answer -> answer.string("anchor", "status").equals("WITNESSED"));
    return url;
  }

  private void findings(JsonObject answer) {
    for (Json item : answer.list("items")) {
      if (item instanceof JsonObject report) {
        report.list("findings").forEach(this::finding);
      }
    }
  }

  private void finding(Json item) {
    if (item instanceof JsonObject finding) {
      stage
          .narrator()
          .caught(
              "%s, %s  (%s)"
                  .formatted(
                      text(finding, "words"),
                      text(finding, "declarationWords"),
                      text(finding, "severity")));
    }
  }

  private static String text(JsonObject finding, String name) {
    return finding.findString(name).orElseGet(() -> CanonicalJson.text(finding));
  }

  private String protocol() {
    return """
        {"registryIds": [{"system": "NCT", "value": "NCT%s"}], "sponsorProtocolNumber": "CARDIO-17",
         "publicTitle": "Walking after a heart attack", "sponsorName": "Cardia Therapeutics",
         "studyType": "INTERVENTIONAL", "phase": "PHASE3",
         "startDate": {"date": "2027-02", "type": "ESTIMATED"},
         "primaryCompletionDate": {"date": "2028-02-15", "type": "ESTIMATED"},
         "sampleSize": {"count": 240, "type": "ESTIMATED"},
         "outcomes": [
           {"id": "walk", "level": "primary", "measure": "6-minute walk distance", "timeFrame": "week 26"},
           {"id": "quality", "level": "secondary", "measure": "quality of life", "timeFrame": "week 12"}]}
        """
        .formatted(stage.run());
  }

  private static String results(String version) {
    return """
        {"protocolVersion": "%s", "enrolled": 231,
         "primaryCompletionDate": {"date": "2028-02-20", "type": "ACTUAL"},
         "outcomes": [{"outcomeId": "quality", "level": "primary", "measure": "quality of life",
                       "timeFrame": "week 12", "valueSummary": "mean 61.2 against 57.9"}]}
        """
        .formatted(version);
  }
}
