package dev.indelible.claims;

import static dev.indelible.claims.ErasureTest.as;
import static dev.indelible.claims.ErasureTest.audit;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.anchoring.AnchoringConfig;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.VerificationException;
import dev.indelible.transparency.canonical.Json.JsonNumber;
import dev.indelible.transparency.canonical.Json.JsonString;
import dev.indelible.transparency.policy.TrustPolicy;
import dev.indelible.transparency.receipt.ReceiptVerifier;
import dev.indelible.transparency.receipt.TlogProof;
import dev.indelible.transparency.statement.Disclosure;
import dev.indelible.transparency.statement.Disclosure.Shown;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A month in which somebody looks at a patient's claim now and then, hour by hour; and what can be
/// shown of it to somebody who has the log's public keys and nothing else.
@Tag("hipaa/164.312.b")
@Tag("part11/11.10.e")
@QuarkusTest
@ServiceUnderTest.SurroundingsWithLedger
class MonthOfAccessesTest {
  private static final int HOURS = 30 * 24;

  /// No other test reads this one's claims.
  private static final String INSURER = "hazel";

  private static final String OFFICER = Tokens.token(INSURER, "privacy-officer");

  @Inject TestTime time;
  @Inject AnchoringConfig config;

  @Test
  void everyLookIsProvedAloneAndNoneIsMissing() throws Exception {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    String patients = submit();
    String others = submit();
    int looks = 0;
    int hours = 0;
    for (int hour = 0; hour < HOURS; hour++) {
      int now = Math.max(0, random.nextInt(6) - 3);
      int beside = random.nextInt(2);
      look(patients, now);
      look(others, beside);
      looks += now;
      hours += now + beside > 0 ? 1 : 0;
      time.nextHour();
    }
    AccessSealingTest.awaitSealed();
    // Before the officer looks: that is in the history too.
    List<String> numbers =
        Rows.strings(
            "select number from access_statement where organisation = '"
                + INSURER
                + "' order by number");
    List<String> events = history(patients);
    assertEquals(looks, events.size(), () -> "seed " + seed);
    Map<Long, List<String>> byStatement = new HashMap<>();
    for (String event : events) {
      Map<String, Object> shown = verified(event);
      assertEquals(patients, shown.get("claimId"));
      assertEquals("claim-submitter", shown.get("actor"));
      assertEquals(event, shown.get("id"));
      assertTrue(String.valueOf(shown.get("accessedAt")).startsWith(shown.get("/hour").toString()));
      byStatement.computeIfAbsent((Long) shown.get("/number"), n -> new ArrayList<>()).add(event);
    }
    assertEquals(looks, byStatement.values().stream().mapToInt(List::size).sum());
    // Statements are numbered without a gap, one for each hour in which somebody looked at
    // anything.
    assertEquals(IntStream.rangeClosed(1, hours).mapToObj(String::valueOf).toList(), numbers);
    audit().then().body("differences", equalTo(List.of())).body("verdict", equalTo("MATCHES"));
    System.out.printf(
        "a month of accesses: %d looks at one claim in %d hours, all verified offline%n",
        looks, hours);
  }

  private static String submit() {
    return as(token()).body(Samples.claim()).post("/v1/claims").path("id");
  }

  private static String token() {
    return Tokens.token(INSURER, "claim-submitter");
  }

  private static void look(String claim, int times) {
    for (int i = 0; i < times; i++) {
      as(token()).get("/v1/claims/" + claim).then().statusCode(200);
    }
  }

  private static List<String> history(String claim) {
    List<String> events = new ArrayList<>();
    String cursor = "";
    do {
      var page = as(OFFICER).get("/v1/claims/" + claim + "/accesses?limit=100" + cursor).jsonPath();
      events.addAll(page.getList("items.id"));
      cursor = page.getString("next") == null ? "" : "&cursor=" + page.getString("next");
    } while (!cursor.isEmpty());
    return events;
  }

  /// The fields that an event's disclosure shows, once disclosure and receipt hold: those of this
  /// event and of the statement, of no other event.
  private Map<String, Object> verified(String event) throws IOException, VerificationException {
    String document = as(OFFICER).get("/v1/accesses/" + event + "/disclosure").asString();
    String proof =
        as(OFFICER).accept("text/plain").get("/v1/accesses/" + event + "/receipt").asString();
    Disclosure disclosure = Disclosure.parse(document.getBytes(StandardCharsets.UTF_8));
    disclosure.verify();
    TrustPolicy policy = TrustPolicy.parse(Files.readString(config.policy()));
    Hash leaf = disclosure.entry().leafHash();
    var checkpoint = new ReceiptVerifier(policy).verify(leaf, TlogProof.parse(proof)).checkpoint();
    assertTrue(checkpoint.head().size() > 0);
    Map<String, Object> shown = new HashMap<>();
    for (var field : disclosure.fields()) {
      if (field instanceof Shown(String pointer, var value, var salt)) {
        Object plain =
            value instanceof JsonNumber number
                ? Long.valueOf(number.literal())
                : ((JsonString) value).value();
        String name = pointer.replaceFirst("/events/[0-9]+/(sealing/)?", "");
        var ignored = shown.put(name, plain);
        if (name.equals("id")) {
          assertEquals(event, plain, "shows another event");
        }
      }
    }
    return shown;
  }
}
