package dev.indelible.claims;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// An insurer that asks too much is sent away, in the form of the interface, and nobody else is.
@QuarkusTest
@ServiceUnderTest.Surroundings
@TestProfile(QuotaTest.Few.class)
@Tag("asvs-5.0/2.4.1")
class QuotaTest {
  private static final int BURST = 20;

  /// A second is long enough for a test to ask more than once.
  public static final class Few implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "indelible.quota.requests-per-second", "1", "indelible.quota.burst", BURST + "s");
    }
  }

  @Test
  void anInsurerThatAsksTooMuchIsSentAway() {
    List<Response> answered = askTooMuch(Tokens.alder(), "/v1/claims", 200);
    assertTrue(answered.size() > BURST, () -> "the burst is allowed");
    answered
        .getLast()
        .then()
        .statusCode(429)
        .header("Retry-After", "1")
        .contentType("application/problem+json")
        .body("code", equalTo("too-many-requests"));
    askTooMuch(Tokens.alderAdjudicator(), "/fhir/Claim/" + new UUID(0, 0), 404)
        .getLast()
        .then()
        .statusCode(429)
        .body("issue[0].code", equalTo("throttled"));
    assertEquals(200, ask(Tokens.birch(), "/v1/claims").statusCode());
  }

  /// What is for everybody does not end for everybody because somebody asks for it.
  @Test
  void whoShowsNoTokenIsNotCounted() {
    IntStream.range(0, 3 * BURST)
        .forEach(i -> given().get("/fhir/metadata").then().statusCode(200));
  }

  /// Asks until the answer is another one. Time goes by meanwhile, and the bucket fills again.
  private static List<Response> askTooMuch(String token, String path, int status) {
    List<Response> answers = new ArrayList<>();
    do {
      answers.add(ask(token, path));
    } while (answers.size() < 1_000 && answers.getLast().statusCode() == status);
    return answers;
  }

  private static Response ask(String token, String path) {
    return given().auth().oauth2(token).get(path);
  }
}
