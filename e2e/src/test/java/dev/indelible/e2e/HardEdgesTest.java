package dev.indelible.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.local.testing.Api;
import dev.indelible.local.testing.Samples;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies, methods and paths that are meant to hurt: each is refused, in the form of the interface,
/// and says nothing about our insides.
@Tag("asvs-5.0/16.5.1")
class HardEdgesTest {
  private static final Api API = new Api(SharedStack.get());
  private static final int LIMIT = 1 << 20;

  static Stream<Bomb> bombs() {
    return Bomb.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bombs")
  @Tag("asvs-5.0/5.2.1")
  void aBombIsRefused(Bomb bomb) {
    long before = records();
    Response answer = as(bomb.user(), bomb.path()).body(bomb.body()).post(bomb.path());
    assertTrue(Set.of(400, 422).contains(answer.statusCode()), answer::asString);
    Reticence.require(answer);
    assertTrue(answer.asByteArray().length < 150_000, "the body is not sent back");
    assertEquals(before, records());
  }

  /// Deep, long, packed, and in forms that nobody here reads. That the services serve afterwards
  /// the tests behind this one show.
  @Test
  @Tag("asvs-5.0/5.2.1")
  @Tag("asvs-5.0/5.2.3")
  void noOperationTakesABomb() {
    Bombardment bombardment = new Bombardment(API);
    long before = records();
    int refused = bombardment.run();
    System.out.printf("bombs: %d requests refused%n", refused);
    assertEquals(before, records());
    API.requireSound();
  }

  /// Nothing is unpacked, so nothing can be larger than it is.
  @Test
  @Tag("asvs-5.0/5.2.3")
  void aPackedBodyIsNotUnpacked() {
    byte[] packed = Bombardment.gzip("[" + " ".repeat(500_000_000) + "]");
    byte[] claim =
        Bombardment.gzip(Samples.claim(Samples.fresh("CLM"), Samples.fresh("TEST"), 64_000));
    for (byte[] body : List.of(packed, claim)) {
      Response answer =
          as("alder", "/v1/claims")
              .header("Content-Encoding", "gzip")
              .body(body)
              .post("/v1/claims");
      assertEquals(415, answer.statusCode(), answer::asString);
      Reticence.require(answer);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/claims", "/fhir/Claim", "/v1/protocols", "/v1/logs/claims/entries"})
  @Tag("asvs-5.0/5.2.1")
  void aBodyOverTheLimitIsNotRead(String path) {
    int size = path.startsWith("/v1/logs") ? 4 * LIMIT + 1 : LIMIT + 1;
    Response answer = as("alder", path).body(" ".repeat(size)).post(path);
    assertEquals(413, answer.statusCode());
    Reticence.require(answer);
  }

  /// Read as far as the limit, and never more.
  @Test
  @Tag("asvs-5.0/5.2.1")
  void aBodyInChunksIsRead() {
    byte[] claim =
        Samples.claim(Samples.fresh("CLM"), Samples.fresh("TEST"), 64_000).getBytes(UTF_8);
    RawHttp accepted = RawHttp.send(API.claims(), inChunks(claim.length, new String(claim, UTF_8)));
    assertEquals(202, accepted.status(), accepted::text);
    assertTrue(accepted.closed(), accepted::text);
    RawHttp refused = RawHttp.send(API.claims(), inChunks(2 * LIMIT, " ".repeat(2 * LIMIT)));
    assertEquals(413, refused.status(), refused::text);
    assertTrue(refused.text().contains("application/problem+json"), refused::text);
    assertTrue(refused.closed(), refused::text);
  }

  private static String inChunks(int bytes, String body) {
    return "POST /v1/claims HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        + "Authorization: Bearer "
        + API.stack().tokens().ofUser("alder")
        + "\r\nTransfer-Encoding: chunked\r\n\r\n"
        + Integer.toHexString(bytes)
        + "\r\n"
        + body
        + "\r\n0\r\n\r\n";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/xml",
        "application/fhir+xml",
        "text/xml",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json-patch+json",
        "nonsense",
        "*/*",
        ""
      })
  void anotherMediaTypeIsNotRead(String type) {
    String xml =
        "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>";
    String length = "Content-Length: " + xml.length() + "\r\n";
    List<String> heads = List.of("Content-Type: " + type + "\r\n" + length, length);
    AtOnce.each(
        Door.all(API),
        door ->
            AtOnce.each(
                heads,
                head -> {
                  RawHttp answer = raw(door, "POST", head, xml);
                  assertEquals(415, answer.status(), door + answer.text());
                  Reticence.require(answer);
                }));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "TRACK", "PROPFIND", "DEBUG", "PATCH", "DELETE", "get"})
  void otherMethodsAreRefused(String method) {
    AtOnce.each(
        Door.all(API),
        door -> {
          RawHttp answer = raw(door, method, "X-Secret: swordfish\r\n", "");
          assertTrue(Set.of(404, 405, 501).contains(answer.status()), door + answer.text());
          assertFalse(answer.text().contains("swordfish"), answer::text);
          Reticence.require(answer);
        });
  }

  @Test
  void aProxyItIsNot() {
    String target = "localhost:" + API.trials().node().port();
    for (String line :
        List.of("CONNECT " + target, "GET http://" + target + "/v1/public/protocols/x")) {
      String request = line + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
      RawHttp answer = RawHttp.send(API.claims(), request);
      assertTrue(answer.status() >= 400, answer::text);
      Reticence.require(answer);
    }
  }

  /// A request with the credentials that the door asks for.
  private static RawHttp raw(Door door, String method, String headers, String body) {
    var tokens = API.stack().tokens();
    String sponsorOrInsurer = door.service().equals(API.trials()) ? "sponsor" : "alder";
    String token =
        door.service().equals(API.stack().ledger())
            ? tokens.ofService("claims-service")
            : tokens.ofUser(sponsorOrInsurer);
    return RawHttp.send(
        door.service(),
        method
            + " "
            + door.path()
            + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer "
            + token
            + "\r\n"
            + headers
            + "\r\n"
            + body);
  }

  private static RequestSpecification as(String user, String path) {
    String type = path.startsWith("/fhir") ? "application/fhir+json" : "application/json";
    var service =
        path.startsWith("/v1/protocols")
            ? API.trials()
            : path.startsWith("/v1/logs") ? API.stack().ledger() : API.claims();
    return API.as(user, service).contentType(type).urlEncodingEnabled(false);
  }

  private static long records() {
    return API.count("claims", "claim") + API.count("trials", "protocol_version");
  }
}
