package dev.indelible.claims;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/// What is kept of a caller whose token was verified.
@QuarkusTest
@ServiceUnderTest.Surroundings
class RememberedTokensTest {
  /// A request with its buffers and its connection would stay for a minute, thousands of them.
  @Test
  void theRequestThatBroughtTheTokenIsNotKept() {
    String token = Tokens.token("alder", "claim-submitter");
    String first = held(token, "first");
    assertNotEquals("first", held(token, "second"), first);
  }

  private static String held(String token, String query) {
    return given().auth().oauth2(token).get("/test/remembered?" + query).asString();
  }
}
