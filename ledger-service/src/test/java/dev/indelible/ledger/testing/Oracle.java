package dev.indelible.ledger.testing;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.path.json.JsonPath;

/// The audit over HTTP, with which tests end.
public final class Oracle {
  private Oracle() {}

  public static JsonPath audit() {
    return given()
        .auth()
        .oauth2(TestTokens.of("auditor"))
        .post("/v1/audit")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  public static void requireNoDifference() {
    JsonPath report = audit();
    assertEquals("MATCHES", report.getString("verdict"), report::prettify);
  }
}
