package dev.indelible.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.local.Shape;
import dev.indelible.local.Stack;
import dev.indelible.local.testing.Api;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The realm changes its keys while everything runs.
@Tag("asvs-5.0/9.1.3")
@Tag("part11/11.300")
class RealmKeysTest {
  /// Between two questions for the keys that time causes; tokens of unknown keys cause one a
  /// second.
  private static final Duration PERIOD = Duration.ofSeconds(5);

  /// Shorter than in production, so that a withdrawn key opens nothing after ten seconds and not
  /// after ninety.
  private static final Stack STACK =
      Stack.start(
          Shape.STANDARD
              .with("INDELIBLE_IDENTITY_KEYS_EVERY", PERIOD.toString())
              .with("INDELIBLE_IDENTITY_REMEMBER_TOKENS", "5s"));

  private static final Api API = new Api(STACK);
  private static final RealmAdmin ADMIN = new RealmAdmin(STACK);

  @AfterAll
  static void end() {
    STACK.close();
  }

  /// Claims go on being filed throughout; none is refused.
  @Test
  void aNewKeyIsAcceptedAndARemovedOneIsNot() throws InterruptedException {
    RealmAdmin.RealmKey first = ADMIN.first();
    String old = token();
    assertEquals(first.kid(), kid(old));
    AtomicReference<String> current = new AtomicReference<>(old);
    try (Filing filing = Filing.of(API, current::get)) {
      ADMIN.rotate(200);
      String fresh = token();
      assertNotEquals(first.kid(), kid(fresh));
      Api.await("the new key is known", () -> read(fresh) == 200);
      current.set(fresh);
      ADMIN.remove(first);
      Api.await("tokens of the removed key are refused", () -> read(old) == 401);
      assertEquals(200, read(fresh));
      Api.await("claims were filed", () -> filing.filed() > 20);
      assertEquals(List.of(), filing.refusals());
    }
    API.requireSound();
  }

  /// Whoever sends tokens of keys that do not exist, or no tokens at all, does not make the service
  /// ask Keycloak about each.
  @Test
  void unknownKeysDoNotReachKeycloak() {
    Jws token =
        new Jws(
            Map.of("alg", "PS256"),
            Map.of("iss", STACK.keycloak().issuer(), "exp", 4_000_000_000L));
    Instant begin = Instant.now();
    long before = ADMIN.questions();
    for (Door door : Door.all(API)) {
      IntStream.range(0, 100)
          .parallel()
          .forEach(
              i -> {
                String unknown =
                    token.header("kid", UUID.randomUUID().toString()).signed(c -> new byte[256]);
                String opaque = UUID.randomUUID().toString();
                assertEquals(401, door.knock(i % 2 == 0 ? unknown : opaque).statusCode());
              });
    }
    long seconds = Duration.between(begin, Instant.now()).toSeconds();
    long asked = ADMIN.questions() - before;
    long allowed = 3 * (seconds + seconds / PERIOD.toSeconds() + 2);
    assertTrue(asked > 0, "the questions can be counted");
    assertTrue(asked <= allowed, asked + " questions in " + seconds + " s");
  }

  private static String token() {
    return ADMIN.user("alder").getString("access_token");
  }

  private static int read(String token) {
    return Api.anyone(API.claims()).auth().oauth2(token).get("/v1/claims").statusCode();
  }

  private static String kid(String token) {
    byte[] header = java.util.Base64.getUrlDecoder().decode(token.split("\\.")[0]);
    return io.restassured.path.json.JsonPath.from(
            new String(header, java.nio.charset.StandardCharsets.UTF_8))
        .getString("kid");
  }
}
