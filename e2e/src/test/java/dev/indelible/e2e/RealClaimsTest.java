package dev.indelible.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.local.testing.Api;
import dev.indelible.transparency.canonical.CanonicalJson;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.JsonException;
import dev.indelible.transparency.canonical.JsonReader;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Claims that nobody here wrote: Synthea's, HL7's, Da Vinci's and those of CMS. Each is accepted,
/// or refused with the element named; none gets lost. `INDELIBLE_CLAIMS` names a folder with more
/// of them.
class RealClaimsTest {
  private final Api api = new Api(SharedStack.get());

  @Test
  void everyClaimIsAcceptedOrRefusedWithAReason() throws IOException {
    List<String> claims = claims();
    assertTrue(claims.size() >= 20, "only " + claims.size() + " claims found");
    Map<String, Integer> outcomes = new TreeMap<>();
    List<String> accepted = new ArrayList<>();
    for (String claim : claims) {
      Response answer = submit(claim);
      outcomes.merge(outcome(answer), 1, Integer::sum);
      if (answer.statusCode() == 201) {
        String location = answer.header("Location");
        accepted.add(location.substring(location.lastIndexOf('/') + 1));
      }
    }
    System.out.println("Real claims: " + claims.size() + " in, " + outcomes);
    assertEquals(claims.size(), outcomes.values().stream().mapToInt(Integer::intValue).sum());
    assertTrue(accepted.size() * 2 > claims.size(), "fewer than half accepted: " + outcomes);
    accepted.forEach(id -> api.awaitAnchor("alder", id, "WITNESSED"));
    api.requireSound();
  }

  private Response submit(String claim) {
    return api.as("alder", api.claims())
        .contentType("application/fhir+json")
        .body(claim)
        .post("/fhir/Claim");
  }

  /// 201, 409 with the original, or a refusal that names the element.
  private static String outcome(Response answer) {
    switch (answer.statusCode()) {
      case 201 -> {
        return "accepted";
      }
      case 409 -> {
        return "duplicate";
      }
      case 400, 422 -> {
        String element = answer.jsonPath().getString("issue[0].expression[0]");
        assertTrue(element != null && !element.isEmpty(), answer.body().asString());
        return "refused at " + element.replaceAll("\\[\\d+]", "");
      }
      default -> throw new AssertionError(answer.statusCode() + ": " + answer.body().asString());
    }
  }

  private static List<String> claims() throws IOException {
    List<Path> folders = new ArrayList<>(List.of(Resources.root().resolve("testdata/fhir-claims")));
    String more = System.getenv("INDELIBLE_CLAIMS");
    if (more != null) {
      folders.add(Path.of(more));
    }
    List<String> claims = new ArrayList<>();
    for (Path folder : folders) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          collect(file, claims);
        }
      }
    }
    return claims.stream().distinct().toList();
  }

  private static void collect(Path file, List<String> claims) throws IOException {
    String name = file.getFileName().toString();
    if (name.endsWith(".ndjson")) {
      Files.readAllLines(file).forEach(line -> collect(line, claims));
    } else if (name.endsWith(".json")) {
      collect(Files.readString(file), claims);
    }
  }

  private static void collect(String text, List<String> claims) {
    try {
      if (JsonReader.read(text) instanceof JsonObject resource) {
        collect(resource, claims);
      }
    } catch (JsonException notOurs) {
      // Not strict JSON: not a claim that could be submitted.
    }
  }

  private static void collect(JsonObject resource, List<String> claims) {
    if (resource.findString("resourceType").filter("Claim"::equals).isPresent()) {
      claims.add(CanonicalJson.text(resource));
    }
    for (Json entry : resource.list("entry")) {
      if (entry instanceof JsonObject member
          && member.find("resource").orElse(null) instanceof JsonObject inner) {
        collect(inner, claims);
      }
    }
  }
}
