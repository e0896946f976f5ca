package dev.indelible.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.indelible.local.testing.Api;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Tokens that nobody issued, and real ones in the wrong place, open nothing: the answer is always
/// the same, and nothing changes.
@Tag("asvs-5.0/9.1.1")
@Tag("asvs-5.0/9.1.2")
@Tag("asvs-5.0/9.1.3")
@Tag("asvs-5.0/9.2.1")
@Tag("asvs-5.0/9.2.2")
@Tag("asvs-5.0/9.2.3")
@Tag("asvs-5.0/10.3.1")
@Tag("hipaa/164.312.d")
class TokenAttackTest {
  private static final String ALGORITHMS = "algs=\"ES256 ES384 EdDSA PS256\"";
  private static final String CHALLENGE = "Bearer, DPoP " + ALGORITHMS;
  private static final String INVALID =
      "Bearer error=\"invalid_token\", DPoP error=\"invalid_token\", " + ALGORITHMS;

  private static final Api API = new Api(SharedStack.get());
  private static final RealmAdmin ADMIN = new RealmAdmin(API.stack());
  private static final Forger FORGER = Forger.in(ADMIN, API.stack().keycloak().issuer());
  private static final List<Door> DOORS = Door.all(API);
  private static final AtomicInteger FETCHED = new AtomicInteger();
  private static final HttpServer BAIT = bait();

  /// @param challenge what the answer has to ask for
  record Attack(String name, String challenge, UnaryOperator<RequestSpecification> credentials) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void theServicesKnowTheKey() {
    for (Door door : DOORS) {
      Api.await(door + " opens", () -> door.knock(FORGER.sign(FORGER.good())).statusCode() != 401);
    }
  }

  @AfterAll
  static void nobodyFetchedOurKey() {
    BAIT.stop(0);
    ADMIN.remove(FORGER.published());
    assertEquals(0, FETCHED.get());
  }

  static Stream<Attack> attacks() {
    String bait = "http://localhost:" + BAIT.getAddress().getPort() + "/keys";
    Stream<Attack> forged =
        new Forgeries(FORGER, ADMIN, bait)
            .tokens().entrySet().stream().map(token -> bearer(token.getKey(), token.getValue()));
    String good = FORGER.sign(FORGER.good());
    Stream<Attack> misplaced =
        Stream.of(
            several("two headers, the bad one first", "Bearer a.b.c", "Bearer " + good),
            several("two headers, the good one first", "Bearer " + good, "Bearer a.b.c"),
            several("the good one twice", "Bearer " + good, "Bearer " + good),
            several("beside another scheme", "Bearer " + good, "Basic YTpi"),
            one("no token", "Bearer", CHALLENGE),
            one("Basic", "Basic YTpi", CHALLENGE),
            one("as Basic", "Basic " + good, CHALLENGE),
            one("as DPoP", "DPoP " + good, INVALID),
            one("without a scheme", good, CHALLENGE),
            one("two in one header", "Bearer " + good + ", Bearer " + good, INVALID),
            new Attack("in the query", CHALLENGE, r -> r.queryParam("access_token", good)),
            new Attack("in a cookie", CHALLENGE, r -> r.cookie("q_session", good)),
            new Attack("nothing", CHALLENGE, r -> r));
    return Stream.concat(forged, misplaced);
  }

  private static Attack bearer(String name, String token) {
    return one(name, "Bearer " + token, INVALID);
  }

  private static Attack one(String name, String value, String challenge) {
    return new Attack(name, challenge, request -> request.header("Authorization", value));
  }

  private static Attack several(String name, String first, String second) {
    return new Attack(
        name,
        INVALID,
        request -> request.header("Authorization", first).header("Authorization", second));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attacks")
  void opensNothing(Attack attack) {
    List<Long> before = records();
    for (Door door : DOORS) {
      Response answer = door.knock(attack.credentials());
      assertEquals(401, answer.statusCode(), door + ": " + answer.asString());
      assertEquals(attack.challenge(), answer.header("WWW-Authenticate"), door::path);
      Response stranger = door.knock(request -> request);
      assertEquals(stranger.contentType(), answer.contentType(), door::path);
      assertEquals(stranger.asString(), answer.asString(), door::path);
    }
    assertEquals(before, records());
  }

  @Test
  void theAnswerIsAProblem() {
    Response answer = DOORS.getFirst().knock("a.b.c");
    assertEquals("application/problem+json", answer.contentType());
    assertEquals(
        Map.of(
            "type", "https://indelible.dev/problems/unauthenticated",
            "title", "A valid access token is required",
            "status", 401,
            "detail", "Send a valid token: Authorization: Bearer …",
            "code", "unauthenticated"),
        answer.jsonPath().getMap(""));
  }

  /// What Keycloak gives to one client is of no use at another service, and an ID token of none,
  /// though the client it is for has the service's own name.
  @Test
  void tokensOfAnotherAudienceOpenNothing() {
    Machine insurer = Machine.of(API.stack(), "alder-system");
    String insurers = insurer.token("");
    JsonPath service = ADMIN.service("claims-service");
    String services = service.getString("access_token");
    String identity = service.getString("id_token");
    assertNotNull(identity);
    for (Door door : DOORS) {
      boolean claims = door.service().equals(API.claims());
      boolean ledger = door.service().equals(API.stack().ledger());
      String uri = door.service().url() + door.path();
      Response bound = door.knock(request -> insurer.on(request, "POST", uri, insurers));
      assertEquals(!claims, bound.statusCode() == 401, door::path);
      assertEquals(!ledger, door.knock(services).statusCode() == 401, door::path);
      assertEquals(401, door.knock(identity).statusCode(), door::path);
    }
  }

  @Test
  void aRememberedTokenEndsInTime() throws InterruptedException {
    long end = Instant.now().getEpochSecond() + 5;
    String token = FORGER.sign(FORGER.good().claim("exp", end));
    int opened = 0;
    while (Instant.now().getEpochSecond() < end) {
      int status = list(token);
      if (Instant.now().getEpochSecond() < end) {
        assertEquals(200, status);
        opened++;
      }
      Thread.sleep(100);
    }
    assertTrue(opened > 5, "it was remembered");
    assertEquals(401, list(token));
  }

  @Test
  void aRememberedTokenLetsNoOtherIn() {
    Jws token = FORGER.good();
    String remembered = FORGER.sign(token);
    String byStranger = FORGER.signAsStranger(token.claim("organization", List.of("birch")));
    String[] parts = remembered.split("\\.");
    assertEquals(200, list(remembered));
    assertEquals(401, list(parts[0] + "." + byStranger.split("\\.")[1] + "." + parts[2]));
    assertEquals(401, list(parts[0] + "." + parts[1] + "." + byStranger.split("\\.")[2]));
    assertEquals(401, list(parts[0] + "." + parts[1] + "."));
    assertEquals(401, list(remembered + "="));
    assertEquals(401, list(remembered.toLowerCase(java.util.Locale.ROOT)));
    assertEquals(200, list(remembered));
  }

  private static int list(String token) {
    return Api.anyone(API.claims()).auth().oauth2(token).get("/v1/claims").statusCode();
  }

  private static List<Long> records() {
    return List.of(
        API.count("claims", "claim"),
        API.count("claims", "idempotency"),
        API.count("trials", "protocol_version"));
  }

  private static HttpServer bait() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      var context =
          server.createContext(
              "/",
              exchange -> {
                FETCHED.incrementAndGet();
                byte[] nothing = "{\"keys\":[]}".getBytes(UTF_8);
                exchange.sendResponseHeaders(200, nothing.length);
                exchange.getResponseBody().write(nothing);
                exchange.close();
              });
      assertNotEquals("", context.getPath());
      server.start();
      return server;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
