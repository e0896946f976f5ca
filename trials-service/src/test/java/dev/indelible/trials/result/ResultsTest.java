package dev.indelible.trials.result;

import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;

import dev.indelible.trials.Api;
import dev.indelible.trials.Samples;
import dev.indelible.trials.Tokens;
import dev.indelible.trials.TrialsTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@TrialsTest
class ResultsTest {
  private static Map<String, Object> results(Object version, List<Map<String, Object>> outcomes) {
    Map<String, Object> results = new HashMap<>();
    results.put("protocolVersion", version);
    results.put("primaryCompletionDate", Map.of("date", "2025-06-30", "type", "ACTUAL"));
    results.put("enrolled", 396);
    results.put("outcomes", outcomes);
    return results;
  }

  private static List<Map<String, Object>> asPlanned() {
    return new ArrayList<>(Samples.outcomes().stream().map(Samples::reported).toList());
  }

  @Test
  void resultsAsPlannedHaveNoFinding() {
    Response first = Api.register(Samples.protocol(Samples.freshNct()));
    String at = first.getHeader("Location");
    String location =
        Api.post(Tokens.cardia(), at + "/results", results(first.path("versionId"), asPlanned()))
            .statusCode(202)
            .body("anchor.status", equalTo("PENDING"))
            .extract()
            .header("Location");
    Api.get(Tokens.regulator(), location)
        .statusCode(200)
        .body("content.outcomes.size()", equalTo(3));
    Api.get(Tokens.regulator(), location + "/disclosure").statusCode(200);
    Api.get(Tokens.other(), location).statusCode(404);
    Api.get(Tokens.cardia(), at + "/findings")
        .body("items[0].subject.kind", equalTo("results"))
        .body("items[0].baseline.state", equalTo("FROZEN"))
        .body("items[0].findings.size()", equalTo(0));
  }

  @Test
  void aSilentlySwitchedPrimaryIsSaidInPlainWords() {
    Response first = Api.register(Samples.protocol(Samples.freshNct()));
    String at = first.getHeader("Location");
    List<Map<String, Object>> outcomes = asPlanned();
    Map<String, Object> other = Samples.outcome("x", "primary", "Time on a treadmill", "week 12");
    other.remove("id");
    outcomes.set(0, other);
    Api.post(Tokens.cardia(), at + "/results", results(first.path("versionId"), outcomes))
        .statusCode(202);
    Api.get(Tokens.cardia(), at + "/findings")
        .body("items[0].findings.code", containsInAnyOrder("P_DROP", "P_ADD", "P_SWAP"))
        .body("items[0].findings.words", hasItem("planned primary dropped"))
        .body("items[0].findings.words", hasItem("new primary added"))
        .body("items[0].findings.declarationWords", everyItem(equalTo("not declared")))
        .body("items[0].findings.severity", everyItem(equalTo("CRITICAL")));
  }

  @Test
  void onlyAKnownVersionCanBeCited() {
    Response first = Api.register(Samples.protocol(Samples.freshNct()));
    Response second = Api.register(Samples.protocol(Samples.freshNct()));
    String at = first.getHeader("Location") + "/results";
    for (Object version : List.of(UUID.randomUUID(), "nothing", second.path("versionId"))) {
      Api.post(Tokens.cardia(), at, results(version.toString(), asPlanned()))
          .statusCode(422)
          .body("code", equalTo("unknown-version"));
    }
  }

  @Test
  void aCorrectionNeedsAReason() {
    Response first = Api.register(Samples.protocol(Samples.freshNct()));
    String at = first.getHeader("Location") + "/results";
    Map<String, Object> results = results(first.path("versionId"), asPlanned());
    Api.post(Tokens.cardia(), at, results).statusCode(202);
    Api.post(Tokens.cardia(), at, results).statusCode(422).body("code", equalTo("reason-required"));
    results.put("correctionReason", "Two participants were counted twice");
    Api.post(Tokens.cardia(), at, results).statusCode(202);
    Api.get(Tokens.cardia(), at)
        .body("items.number", equalTo(List.of(1, 2)))
        .body("items[1].content.correctionReason", equalTo(results.get("correctionReason")));
  }

  @Test
  void namesWhatIsWrong() {
    Response first = Api.register(Samples.protocol(Samples.freshNct()));
    String at = first.getHeader("Location") + "/results";
    Map<String, Object> none = results(first.path("versionId"), List.of());
    Api.post(Tokens.cardia(), at, none)
        .statusCode(422)
        .body("code", equalTo("invalid-results"))
        .body("violations.field", hasItem("/outcomes"));
    List<Map<String, Object>> outcomes = asPlanned();
    outcomes.getFirst().remove("measure");
    outcomes.get(1).put("level", "best");
    outcomes.get(2).put("outcomeId", "life");
    Api.post(Tokens.cardia(), at, results(first.path("versionId"), outcomes))
        .statusCode(422)
        .body(
            "violations.field",
            containsInAnyOrder(
                "/outcomes/0/measure", "/outcomes/1/level", "/outcomes/2/outcomeId"));
  }
}
