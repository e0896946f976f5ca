package dev.indelible.trials;

import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// Documents to send, as maps that a test can change.
public final class Samples {
  private static final AtomicInteger NEXT = new AtomicInteger(10_000_000);

  private Samples() {}

  /// A registry id that no other test uses.
  public static String freshNct() {
    return "NCT" + NEXT.getAndIncrement();
  }

  /// A complete protocol that has not begun.
  public static Map<String, Object> protocol(String nct) {
    Map<String, Object> protocol = new LinkedHashMap<>();
    protocol.put("registryIds", List.of(Map.of("system", "NCT", "value", nct)));
    protocol.put("sponsorProtocolNumber", "CARDIO-17");
    protocol.put("publicTitle", "Walking further with heart failure");
    protocol.put("scientificTitle", "A randomised trial of cardiazide in chronic heart failure");
    protocol.put("sponsorName", "Cardia Therapeutics");
    protocol.put("studyType", "INTERVENTIONAL");
    protocol.put("phase", "PHASE3");
    protocol.put("startDate", Map.of("date", "2999-01", "type", "ESTIMATED"));
    protocol.put("primaryCompletionDate", Map.of("date", "3000-06", "type", "ESTIMATED"));
    protocol.put("sampleSize", Map.of("count", 400, "type", "ESTIMATED"));
    protocol.put("outcomes", outcomes());
    return protocol;
  }

  /// One primary, two secondaries.
  public static List<Map<String, Object>> outcomes() {
    List<Map<String, Object>> outcomes = new ArrayList<>();
    outcomes.add(outcome("walk", "primary", "6-minute walk distance", "week 26"));
    outcomes.add(outcome("life", "secondary", "Quality of life (KCCQ)", "week 12"));
    outcomes.add(outcome("hospital", "secondary", "Hospital admission", "52 weeks"));
    return outcomes;
  }

  /// One outcome.
  public static Map<String, Object> outcome(
      String id, String level, String measure, String timeFrame) {
    Map<String, Object> outcome = new LinkedHashMap<>();
    outcome.put("id", id);
    outcome.put("level", level);
    outcome.put("measure", measure);
    outcome.put("metric", "change from baseline");
    outcome.put("aggregation", "mean");
    outcome.put("timeFrame", timeFrame);
    return outcome;
  }

  /// The same outcome as a report has it.
  public static Map<String, Object> reported(Map<String, Object> outcome) {
    Map<String, Object> reported = new LinkedHashMap<>(outcome);
    reported.put("outcomeId", reported.remove("id"));
    reported.put("valueSummary", "cardiazide 31.2, placebo 11.9");
    return reported;
  }

  /// An amendment of version `amends` that names these elements.
  public static Map<String, Object> amendment(
      int amends, Map<String, Object> protocol, String... elements) {
    List<Map<String, Object>> changes = new ArrayList<>();
    for (String element : elements) {
      changes.add(Map.of("elementId", element, "rationale", "Advised by the steering committee"));
    }
    Map<String, Object> amendment = new LinkedHashMap<>();
    amendment.put("amends", amends);
    amendment.put("number", "A" + amends);
    amendment.put("summary", "Outcomes revised");
    amendment.put("primaryReason", "SCIENTIFIC");
    amendment.put("approvedOn", "2024-03-15");
    amendment.put("changes", changes);
    amendment.put("protocol", protocol);
    return amendment;
  }

  /// Registers, amends and reports a trial, so that every anchored table has rows.
  public static void wholeTrial() {
    wholeTrial(Tokens.cardia());
  }

  /// The same by another sponsor.
  ///
  /// @return where the trial is
  public static String wholeTrial(String token) {
    String nct = freshNct();
    Response first =
        Api.post(token, "/v1/protocols", protocol(nct)).statusCode(202).extract().response();
    String at = first.getHeader("Location");
    Map<String, Object> amended = protocol(nct);
    amended.put("outcomes", outcomes().subList(0, 2));
    Api.post(token, at + "/amendments", amendment(1, amended, "hospital")).statusCode(202);
    Map<String, Object> results =
        Map.of(
            "protocolVersion",
            first.path("versionId"),
            "outcomes",
            List.of(reported(outcomes().get(1))));
    Api.post(token, at + "/results", results).statusCode(202);
    return at;
  }
}
