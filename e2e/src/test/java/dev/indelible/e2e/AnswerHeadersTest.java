package dev.indelible.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.local.testing.Api;
import dev.indelible.local.testing.Samples;
import io.restassured.http.Method;
import io.restassured.response.Response;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What every answer tells a browser or a cache on the way.
class AnswerHeadersTest {
  private static final Api API = new Api(SharedStack.get());
  private static final AccessTable TABLE = AccessTable.read();

  /// All but the stream, whose answer does not end.
  static Stream<Operation> operations() {
    return Operation.all(API).stream().filter(operation -> !operation.path().endsWith("/events"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void everyAnswerHasThem(Operation operation) {
    Response answer =
        Api.anyone(operation.process())
            .request(operation.method(), Records.ABSENT.fill(operation.path()));
    hardened(answer);
    if (TABLE.of(operation) instanceof AccessTable.Granted) {
      assertEquals("no-store", answer.header("Cache-Control"));
    }
  }

  /// Also the answers that no endpoint gives.
  @Test
  void refusalsHaveThem() {
    for (var service : List.of(API.claims(), API.trials(), API.stack().ledger())) {
      hardened(Api.anyone(service).get("/nothing"));
      hardened(Api.anyone(service).request(Method.OPTIONS, "/v1/claims"));
      hardened(Api.anyone(service).body(" ".repeat(5 << 20)).post("/v1/claims"));
    }
  }

  @Test
  void personalDataIsNotKept() {
    String id =
        API.submit("alder", Samples.claim(Samples.fresh("CLM"), Samples.fresh("TEST"), 64_000))
            .jsonPath()
            .getString("id");
    for (String path :
        List.of(
            "/v1/claims",
            "/v1/claims/" + id,
            "/v1/claims/" + id + "/disclosure",
            "/fhir/Claim/" + id)) {
      Response answer = API.as("alder", API.claims()).get(path);
      assertEquals(200, answer.statusCode(), path);
      hardened(answer);
      assertEquals("no-store", answer.header("Cache-Control"), path);
    }
  }

  /// A page may run its own script and style, by their hashes, and nothing else.
  @ParameterizedTest
  @ValueSource(strings = {"/", "/verify"})
  void aPageAllowsWhatItWasBuiltWith(String path) {
    Response page = Api.anyone(API.stack().ledger()).get(path);
    assertEquals(200, page.statusCode());
    hardened(page);
    List<String> policies = page.headers().getValues("Content-Security-Policy");
    assertEquals(1, policies.size(), "one policy: of two, browsers apply both");
    String policy = policies.getFirst();
    assertFalse(policy.contains("unsafe"), policy);
    assertFalse(policy.contains("*"), policy);
    assertFalse(policy.contains("http"), policy);
    for (String directive :
        List.of("script-src '", "style-src '", "base-uri 'none'", "form-action 'none'")) {
      assertTrue(policy.contains(directive), policy);
    }
    assertEquals(List.of("no-cache"), page.headers().getValues("Cache-Control"));
  }

  /// No page of another origin reads anything, and none is asked whether it may.
  @Test
  void otherOriginsAreNotLetIn() {
    for (var service : List.of(API.claims(), API.trials(), API.stack().ledger())) {
      for (String origin : List.of("https://evil.example", "null", service.url())) {
        for (String path : List.of("/v1/claims", "/v1/protocols", "/logs/claims/checkpoint", "/")) {
          Response simple = Api.anyone(service).header("Origin", origin).get(path);
          Response preflight =
              Api.anyone(service)
                  .header("Origin", origin)
                  .header("Access-Control-Request-Method", "POST")
                  .header("Access-Control-Request-Headers", "authorization")
                  .options(path);
          for (Response answer : List.of(simple, preflight)) {
            assertTrue(
                answer.headers().asList().stream()
                    .noneMatch(header -> header.getName().startsWith("Access-Control-")),
                answer.headers()::toString);
          }
        }
      }
    }
  }

  private static void hardened(Response answer) {
    String policy = String.valueOf(answer.header("Content-Security-Policy"));
    assertTrue(policy.startsWith("default-src 'none'; "), policy);
    assertTrue(policy.contains("frame-ancestors 'none'"), policy);
    assertEquals(List.of("nosniff"), answer.headers().getValues("X-Content-Type-Options"));
    assertEquals(List.of("no-referrer"), answer.headers().getValues("Referrer-Policy"));
    assertTrue(answer.headers().hasHeaderWithName("Cache-Control"));
    // RFC 6797 §7.2: not over plain HTTP, which is what this stack speaks.
    assertFalse(answer.headers().hasHeaderWithName("Strict-Transport-Security"));
    assertFalse(answer.headers().hasHeaderWithName("Server"));
    assertFalse(answer.headers().hasHeaderWithName("X-Powered-By"));
  }
}
