package dev.indelible.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.local.Shape;
import dev.indelible.local.Stack;
import dev.indelible.local.testing.Api;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

  private static final List<String> PEOPLE =
      List.of("alder", "birch", "alder-adjudicator", "birch-adjudicator");

  @AfterAll
  static void end() {
    STACK.close();
  }

  /// As `identity/README.md` says: once with a key that was published before it signs, and once at
  /// once, as one does whose key is stolen. Four threads file claims throughout; none is refused.
  @Test
  void aNewKeyIsAcceptedAndARemovedOneIsNot() throws InterruptedException {
    RealmAdmin.RealmKey first = ADMIN.first();
    List<String> withdrawn = new ArrayList<>(tokens(first));
    AtomicReference<String> current = new AtomicReference<>(withdrawn.getFirst());
    try (Filing filing = Filing.of(API, 4, current::get)) {
      RealmAdmin.RealmKey second = ADMIN.announce();
      long asked = ADMIN.questions();
      // Each of three services asks once in a period.
      Api.await("every service has asked", () -> ADMIN.questions() >= asked + 6);
      ADMIN.raise(second, 200);
      List<String> planned = tokens(second);
      // Nobody has seen the key before, and all come with it at the same time.
      AtOnce.each(everywhere(planned), Knock::requireTaken);
      current.set(planned.getFirst());
      AtOnce.each(everywhere(withdrawn), Knock::requireTaken);

      RealmAdmin.RealmKey third = ADMIN.rotate(300);
      List<String> fresh = tokens(third);
      Api.await("the new key is known", () -> read(fresh.getFirst()) == 200);
      current.set(fresh.getFirst());
      ADMIN.remove(first);
      ADMIN.remove(second);
      withdrawn.addAll(planned);
      List<Knock> old = everywhere(withdrawn);
      Api.await(
          "tokens of removed keys open nothing", () -> old.stream().noneMatch(Knock::isTaken));
      for (int again = 0; again < 2; again++) {
        AtOnce.each(old, Knock::requireRefused);
        AtOnce.each(everywhere(fresh), Knock::requireTaken);
      }
      Api.await("claims were filed", () -> filing.filed() > 20);
      assertEquals(List.of(), filing.refusals());
    }
    API.requireSound();
  }

  /// A token at a door.
  private record Knock(Door door, String token) {
    /// Whether it is a token there; what it opens is another question.
    boolean isTaken() {
      return door.knock(token).statusCode() != 401;
    }

    void requireTaken() {
      assertTrue(isTaken(), () -> door + " refuses a valid token");
    }

    void requireRefused() {
      assertFalse(isTaken(), () -> door + " takes a token of a removed key");
    }
  }

  private static List<Knock> everywhere(List<String> tokens) {
    return Door.all(API).stream()
        .flatMap(door -> tokens.stream().map(token -> new Knock(door, token)))
        .toList();
  }

  private static List<String> tokens(RealmAdmin.RealmKey key) {
    List<String> tokens =
        PEOPLE.stream().map(name -> ADMIN.user(name).getString("access_token")).toList();
    tokens.forEach(token -> assertEquals(key.kid(), kid(token)));
    return tokens;
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
