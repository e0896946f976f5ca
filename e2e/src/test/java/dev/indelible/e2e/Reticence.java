package dev.indelible.e2e;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What an error answer says, and what it must not.
final class Reticence {
  private static final Set<String> FORMS =
      Set.of(
          "application/problem+json",
          "application/fhir+json",
          "application/fhir+json;charset=UTF-8",
          "application/concise-problem-details+cbor");

  /// Stack traces, classes, SQL and paths of a machine.
  private static final List<Pattern> SECRETS =
      List.of(
          Pattern.compile("\\bat [a-z]+\\.[a-z.]+\\("),
          Pattern.compile("Exception|Error:|Caused by"),
          Pattern.compile("\\b(dev\\.indelible|java|jakarta|javax|io|org|com)\\.[a-z]+\\."),
          Pattern.compile("(?i)\\b(select|insert|update|delete)\\b.+\\b(from|into|set|where)\\b"),
          Pattern.compile("(?i)postgres|hibernate|jackson|quarkus|vert\\.?x|netty|relation \""),
          Pattern.compile("/(home|root|tmp|usr|etc|var|work)/"));

  private Reticence() {}

  /// Requires a problem in the form of the interface.
  static void require(Response answer) {
    require(answer.statusCode(), answer.contentType(), answer.asString());
  }

  /// What Vert.x does not take for HTTP it refuses without a word.
  static void require(RawHttp answer) {
    if (answer.body().isEmpty() && answer.closed()) {
      return;
    }
    require(answer.status(), answer.header("Content-Type"), answer.body());
  }

  private static void require(int status, String type, String body) {
    assertTrue(status >= 400, () -> status + " " + body);
    assertTrue(FORMS.contains(type), () -> status + " " + type + " " + body);
    SECRETS.forEach(secret -> assertFalse(secret.matcher(body).find(), body));
  }
}
