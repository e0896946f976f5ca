package dev.indelible.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.indelible.local.testing.Samples;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/// A body that costs its reader more than its sender, or that two readers read differently, for a
/// path that takes JSON, by a user who may send it.
record Bomb(String name, String path, String user, String text) {
  static Stream<Bomb> all() {
    String claim = Samples.claim(Samples.fresh("CLM"), Samples.fresh("TEST"), 64_000);
    Map<String, String> bodies = new LinkedHashMap<>();
    bodies.put("arrays", "[".repeat(400_000) + "]".repeat(400_000));
    bodies.put("open arrays", "[".repeat(900_000));
    bodies.put("objects", "{\"a\":".repeat(150_000) + "1" + "}".repeat(150_000));
    bodies.put("a long number", "{\"claimNumber\":" + "9".repeat(1_000_000) + "}");
    bodies.put("a large exponent", "{\"total\":{\"minor\":1e999999999,\"currency\":\"USD\"}}");
    bodies.put("a small exponent", "{\"total\":{\"minor\":1e-999999999,\"currency\":\"USD\"}}");
    bodies.put("a long string", "{\"claimNumber\":\"" + "x".repeat(1_000_000) + "\"}");
    bodies.put("a long name", "{\"" + "x".repeat(1_000_000) + "\":1}");
    bodies.put("a name twice", "{\"claimNumber\":\"a\",\"claimNumber\":\"b\"}");
    bodies.put("a name twice, escaped", "{\"use\":\"a\",\"\\u0075se\":\"b\"}");
    bodies.put("many names", many());
    bodies.put("zero", claim.replace("TEST-", "TEST\\u0000-"));
    bodies.put("zero byte", claim.replace("TEST-", "TEST\u0000-"));
    bodies.put("lone surrogate", claim.replace("TEST-", "TEST\\ud800-"));
    bodies.put("byte order mark", "\ufeff" + claim);
    bodies.put("type names", "{\"@class\":\"java.net.URL\",\"@type\":\"java.net.URL\"}");
    bodies.put("nothing", "");
    bodies.put("null", "null");
    Map<String, String> users =
        Map.of(
            "/v1/claims", "alder",
            "/fhir/Claim", "alder",
            "/fhir/Claim/$submit", "alder",
            "/v1/protocols", "sponsor",
            "/v1/protocols/import/ctgov", "sponsor");
    return users.entrySet().stream()
        .flatMap(
            door ->
                bodies.entrySet().stream()
                    .map(
                        body ->
                            new Bomb(
                                body.getKey(), door.getKey(), door.getValue(), body.getValue())));
  }

  /// Names with one hash.
  static String many() {
    StringBuilder body = new StringBuilder("{");
    for (int i = 0; i < 1 << 14; i++) {
      StringBuilder name = new StringBuilder();
      for (int bit = 0; bit < 14; bit++) {
        name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      body.append(i == 0 ? "" : ",").append('"').append(name).append("\":1");
    }
    return body.append('}').toString();
  }

  byte[] body() {
    return text.getBytes(UTF_8);
  }

  @Override
  public String toString() {
    return name + " to " + path;
  }
}
