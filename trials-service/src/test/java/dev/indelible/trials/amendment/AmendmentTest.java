package dev.indelible.trials.amendment;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.indelible.trials.Api;
import dev.indelible.trials.Samples;
import dev.indelible.trials.Tokens;
import dev.indelible.trials.TrialsTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("part11/11.10.f")
@TrialsTest
class AmendmentTest {
  private static Map<String, Object> started(String nct) {
    Map<String, Object> protocol = Samples.protocol(nct);
    protocol.put("startDate", Map.of("date", "2024-02-01", "type", "ACTUAL"));
    return protocol;
  }

  private static Map<String, Object> swapped(String nct) {
    Map<String, Object> protocol = started(nct);
    List<Map<String, Object>> outcomes = new ArrayList<>(Samples.outcomes());
    outcomes.set(0, Samples.outcome("pain", "primary", "Pain on a scale", "week 4"));
    protocol.put("outcomes", outcomes);
    return protocol;
  }

  @Test
  void makesTheNextVersionAndSaysWhatItChanges() {
    String nct = Samples.freshNct();
    Response first = Api.register(started(nct));
    String at = first.getHeader("Location");
    Api.post(
            Tokens.cardia(), at + "/amendments", Samples.amendment(1, swapped(nct), "walk", "pain"))
        .statusCode(202)
        .body("number", equalTo(2));
    Api.get(Tokens.cardia(), at + "/versions")
        .body("items.number", contains(1, 2))
        .body("items[1].previous", equalTo(first.path("versionId")))
        .body("items[1].amendment.changes.elementId", contains("walk", "pain"));
    Api.get(Tokens.regulator(), at + "/findings")
        .body("items.size()", equalTo(1))
        .body("items[0].subject.kind", equalTo("amendment"))
        .body("items[0].baseline.state", equalTo("LATE_BASELINE"))
        .body("items[0].findings.code", containsInAnyOrder("P_DROP", "P_ADD", "P_SWAP"))
        .body("items[0].findings.declaration", everyItem(equalTo("DECLARED")))
        .body("items[0].findings.severity", everyItem(equalTo("LOW")));
  }

  @Test
  void aSwapThatNamesOnlyOneHalfIsSilent() {
    String nct = Samples.freshNct();
    String at = Api.register(started(nct)).getHeader("Location");
    Api.post(Tokens.cardia(), at + "/amendments", Samples.amendment(1, swapped(nct), "walk"))
        .statusCode(202);
    Api.get(Tokens.cardia(), at + "/findings")
        .body("items[0].findings.find{it.code=='P_DROP'}.declaration", equalTo("DECLARED"))
        .body("items[0].findings.find{it.code=='P_ADD'}.declaration", equalTo("SILENT"))
        .body("items[0].findings.find{it.code=='P_SWAP'}.declaration", equalTo("SILENT"))
        .body("items[0].findings.find{it.code=='P_SWAP'}.severity", equalTo("HIGH"));
  }

  @Test
  void onlyTheNewestVersionCanBeAmended() {
    String nct = Samples.freshNct();
    String at = Api.register(started(nct)).getHeader("Location");
    Api.post(Tokens.cardia(), at + "/amendments", Samples.amendment(1, swapped(nct), "walk"))
        .statusCode(202);
    Api.post(Tokens.cardia(), at + "/amendments", Samples.amendment(1, started(nct), "walk"))
        .statusCode(409)
        .body("code", equalTo("version-conflict"))
        .body("newest", equalTo(2));
  }

  @Test
  void ofManyAtOnceOneWins() throws Exception {
    String nct = Samples.freshNct();
    String at = Api.register(started(nct)).getHeader("Location");
    String token = Tokens.cardia();
    Map<String, Object> amendment = Samples.amendment(1, swapped(nct), "walk");
    Callable<Integer> attempt =
        () -> Api.post(token, at + "/amendments", amendment).extract().statusCode();
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      List<Integer> answers = new ArrayList<>();
      for (Future<Integer> answer :
          threads.invokeAll(IntStream.range(0, 16).mapToObj(i -> attempt).toList())) {
        answers.add(answer.get());
      }
      assertEquals(1, answers.stream().filter(status -> status == 202).count(), "" + answers);
      assertEquals(15, answers.stream().filter(status -> status == 409).count(), "" + answers);
    }
    Api.get(token, at + "/versions").body("items.number", contains(1, 2));
  }

  @Test
  void namesWhatIsWrong() {
    String nct = Samples.freshNct();
    String at = Api.register(started(nct)).getHeader("Location") + "/amendments";
    bad(at, "/amends", a -> a.remove("amends"), nct);
    bad(at, "/summary", a -> a.put("summary", " "), nct);
    bad(at, "/primaryReason", a -> a.remove("primaryReason"), nct);
    bad(at, "/approvedOn", a -> a.put("approvedOn", "2024-03"), nct);
    bad(at, "/approvedOn", a -> a.put("approvedOn", "2999-01-01"), nct);
    bad(at, "/changes", a -> a.put("changes", List.of()), nct);
    bad(
        at,
        "/changes/0/elementId",
        a -> a.put("changes", List.of(Map.of("elementId", "nothing", "rationale", "why"))),
        nct);
    bad(
        at,
        "/changes/0/rationale",
        a -> a.put("changes", List.of(Map.of("elementId", "walk"))),
        nct);
    bad(at, "/protocol", a -> a.remove("protocol"), nct);
    bad(at, "/protocol/outcomes", a -> a.put("protocol", without(nct, "outcomes")), nct);
  }

  private static Map<String, Object> without(String nct, String member) {
    Map<String, Object> protocol = started(nct);
    protocol.remove(member);
    return protocol;
  }

  private static void bad(
      String at,
      String field,
      java.util.function.Consumer<Map<String, Object>> change,
      String nct) {
    Map<String, Object> amendment = Samples.amendment(1, swapped(nct), "walk");
    change.accept(amendment);
    Api.post(Tokens.cardia(), at, amendment)
        .statusCode(422)
        .body("code", equalTo("invalid-amendment"))
        .body("violations.field", hasItem(field));
  }

  @Test
  void anAmendmentCannotTakeAnotherTrialsRegistryId() {
    String other = Samples.freshNct();
    Api.register(Samples.protocol(other));
    String nct = Samples.freshNct();
    String at = Api.register(started(nct)).getHeader("Location");
    Map<String, Object> amendment = Samples.amendment(1, swapped(other), "walk");
    Api.post(Tokens.cardia(), at + "/amendments", amendment)
        .statusCode(409)
        .body("code", equalTo("duplicate-trial"));
    Api.get(Tokens.cardia(), at + "/versions").body("items.size()", equalTo(1));
  }
}
