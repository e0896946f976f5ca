package dev.indelible.trials;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.Map;

/// The service as its callers see it.
public final class Api {
  private Api() {}

  /// Posts JSON: a map, or text that may be anything.
  public static ValidatableResponse post(String token, String path, Object body) {
    return given()
        .auth()
        .oauth2(token)
        .contentType("application/json")
        .body(body)
        .post(path)
        .then();
  }

  /// Gets JSON.
  public static ValidatableResponse get(String token, String path) {
    return given().auth().oauth2(token).get(path).then();
  }

  /// Registers a protocol of the demo sponsor.
  ///
  /// @return what was accepted
  public static Response register(Map<String, Object> protocol) {
    return post(Tokens.cardia(), "/v1/protocols", protocol)
        .log()
        .ifValidationFails()
        .statusCode(202)
        .extract()
        .response();
  }
}
