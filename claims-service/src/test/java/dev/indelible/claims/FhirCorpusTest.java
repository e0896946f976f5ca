package dev.indelible.claims;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Claims that others wrote: each is taken in, or refused with the element named, or linked to the
/// claim that it repeats. Run with `-Dindelible.corpus=FOLDER` for more of them.
@QuarkusTest
@ServiceUnderTest.Surroundings
class FhirCorpusTest {
  /// The vendored claims. Refused are masked dates (CMS), a claim type of another code system, a
  /// modifier extension, and Bundles that carry STU3 resources along (Da Vinci); the repetition is
  /// one minimal preauthorization in two files.
  private static final Map<String, Integer> EXPECTED =
      Map.of(
          "accepted", 79,
          "duplicate", 1,
          "refused Bundle.entry[].resource.grouping", 1,
          "refused Bundle.entry[].resource.insurance", 1,
          "refused Bundle.entry[].resource.item[].modifierExtension", 1,
          "refused Bundle.entry[].resource.type", 1,
          "refused Claim.meta.lastUpdated", 4,
          "refused Claim.type", 1);

  @Test
  void accountsForEveryClaim() throws Exception {
    List<Corpus.Item> items = Corpus.read(Corpus.folder());
    long before = Rows.counts().get("claim");
    Map<String, Integer> outcomes = new TreeMap<>();
    for (Corpus.Item item : items) {
      outcomes.merge(outcome(item), 1, Integer::sum);
    }
    System.out.println("claims: " + items.size() + " " + outcomes);
    assertEquals(items.size(), outcomes.values().stream().mapToInt(Integer::intValue).sum());
    assertEquals((long) outcomes.getOrDefault("accepted", 0), Rows.counts().get("claim") - before);
    if (System.getProperty("indelible.corpus") == null) {
      assertEquals(EXPECTED, outcomes);
    }
  }

  private static String outcome(Corpus.Item item) {
    Response response =
        given()
            .auth()
            .oauth2(Tokens.alder())
            .contentType("application/fhir+json")
            .body(item.json())
            .post(item.bundle() ? "/fhir/Claim/$submit" : "/fhir/Claim");
    return switch (response.statusCode()) {
      case 200, 201 -> "accepted";
      case 409 -> {
        assertTrue(
            response.path("issue[0].diagnostics").toString().contains("Claim/"), item.name());
        yield "duplicate";
      }
      case 400 -> {
        String element = response.path("issue[0].expression[0]");
        assertTrue(element.matches("(Claim|Bundle)\\..+"), item.name() + ": " + element);
        yield "refused " + element.replaceAll("\\[[0-9]+]", "[]");
      }
      default -> throw new AssertionError(item.name() + ": " + response.asString());
    };
  }
}
