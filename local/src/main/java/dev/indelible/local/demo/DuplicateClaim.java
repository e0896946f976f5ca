package dev.indelible.local.demo;

import dev.indelible.transparency.canonical.CanonicalJson;
import dev.indelible.transparency.canonical.Json.JsonObject;
import java.util.Optional;

/// Act 1: the same device is billed twice to one insurer, then to another.
record DuplicateClaim(Stage stage) {
  /// Returns the id of the claim that was accepted.
  String play() {
    Narrator say = stage.narrator();
    say.act(1, "The same CPAP device, billed again");
    Call alder = stage.as("alder");
    String url = stage.claims() + "/v1/claims";
    String first = alder.post(url, claim("CLM-A-" + stage.run(), 64_000)).expect(202).string("id");
    Call.Answer anchored = awaitWitnessed(alder, url + "/" + first);
    say.line("Alder Mutual files CLM-A-%s  E0601  14 Mar  $640".formatted(stage.run()));
    say.holds("anchored as entry " + index(anchored) + ", witnessed");

    Call.Answer again = alder.post(url, claim("CLM-A-" + stage.run() + "-B", 64_000)).expect(409);
    say.line("Alder Mutual files it once more, under another number");
    say.caught("refused: " + again.string("detail"));
    say.line("  original: " + again.string("duplicateOf", "href"));

    Call birch = stage.as("birch");
    String other = birch.post(url, claim("CLM-B-" + stage.run(), 65_500)).expect(202).string("id");
    say.line("Birch Health files CLM-B-%s  E0601  14 Mar  $655".formatted(stage.run()));
    alertSeenBy("Birch Health", birch, other);
    alertSeenBy("Alder Mutual", alder, first);
    say.line("Both were told; neither was told the other's name, number or amount.");
    return first;
  }

  private void alertSeenBy(String who, Call caller, String claimId) {
    Call.Answer page =
        stage.await(
            "an alert for claim " + claimId,
            () -> lastPage(caller),
            answer -> alert(answer, claimId).isPresent());
    JsonObject alert = alert(page, claimId).orElseThrow();
    stage
        .narrator()
        .caught(
            "%s is alerted: another insurer holds a claim for the same member, %s on %s"
                .formatted(who, text(alert, "code"), text(alert, "serviceDay")));
  }

  /// The newest alerts.
  private Call.Answer lastPage(Call caller) {
    String url = stage.claims() + "/v1/match-alerts?limit=200";
    Call.Answer page = caller.get(url).expect(200);
    for (String next = page.string("next"); !next.isEmpty(); next = page.string("next")) {
      Call.Answer following = caller.get(url + "&cursor=" + next).expect(200);
      if (following.json().list("items").isEmpty()) {
        return page;
      }
      page = following;
    }
    return page;
  }

  private static Optional<JsonObject> alert(Call.Answer alerts, String claimId) {
    return alerts.json().list("items").stream()
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .filter(alert -> text(alert, "claim").equals(claimId))
        .findFirst();
  }

  private static String text(JsonObject object, String name) {
    return object.findString(name).orElse("");
  }

  private Call.Answer awaitWitnessed(Call caller, String url) {
    return stage.await(
        "the witnesses' cosignatures",
        () -> caller.get(url),
        answer -> answer.string("anchor", "status").equals("WITNESSED"));
  }

  static String index(Call.Answer answer) {
    return answer.json().find("anchor").orElse(null) instanceof JsonObject anchor
        ? anchor.find("index").map(CanonicalJson::text).orElse("?")
        : "?";
  }

  private String claim(String number, long chargeMinor) {
    return """
        {"claimNumber": "%s", "use": "claim", "type": "professional",
         "member": {"system": "urn:example:member", "value": "DEMO-%s"},
         "provider": {"system": "http://hl7.org/fhir/sid/us-npi", "value": "1999999984"},
         "total": {"minor": %d, "currency": "USD"},
         "lines": [{"sequence": 1, "code": {"system": "https://www.cms.gov/hcpcs", "code": "E0601"},
                    "serviced": {"from": "2026-03-14"}, "quantity": "1", "netMinor": %d}]}
        """
        .formatted(number, stage.run(), chargeMinor, chargeMinor);
  }
}
