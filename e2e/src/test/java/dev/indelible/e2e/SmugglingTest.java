package dev.indelible.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.local.Service;
import dev.indelible.local.testing.Api;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A request that two readers would end in different places is answered once, with a refusal, and
/// ends its connection: a proxy before the service must not have let a second one through. What is
/// read as chunks is refused because it names nobody, or nothing that is there; its connection ends
/// all the same.
@Tag("asvs-5.0/4.2.1")
class SmugglingTest {
  private static final Api API = new Api(SharedStack.get());
  private static final String PATH = "/v1/claims";
  private static final String SECOND = "GET /nothing/here HTTP/1.1\r\nHost: a\r\n\r\n";

  /// @param head the lines after the request line, ends included
  record Attack(String name, String head, String body) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Attack> attacks() {
    String chunks = "0\r\n\r\n" + SECOND;
    Map<String, List<String>> all = new LinkedHashMap<>();
    all.put("both lengths", List.of("Content-Length: 4|Transfer-Encoding: chunked", chunks));
    all.put("both, reversed", List.of("Transfer-Encoding: chunked|Content-Length: 4", chunks));
    all.put("both, folded", List.of("Content-Length: 4|Transfer-Encoding:\r\n chunked", chunks));
    all.put("both, tab", List.of("Content-Length: 4|Transfer-Encoding:\tchunked", chunks));
    all.put("both, case", List.of("content-length: 4|TRANSFER-encoding: cHuNkEd", chunks));
    all.put("space before colon", List.of("Content-Length: 4|Transfer-Encoding : chunked", chunks));
    all.put("vertical tab", List.of("Content-Length: 4|Transfer-Encoding:\u000bchunked", chunks));
    all.put("NUL in the name", List.of("Content-Length: 4|Transfer-\0Encoding: chunked", chunks));
    all.put("unknown coding", List.of("Content-Length: 4|Transfer-Encoding: xchunked", chunks));
    all.put("identity", List.of("Content-Length: 4|Transfer-Encoding: identity", chunks));
    all.put("chunked and more", List.of("Transfer-Encoding: chunked, identity", chunks));
    all.put("two codings", List.of("Transfer-Encoding: x|Transfer-Encoding: chunked", chunks));
    all.put("chunks alone", List.of("Transfer-Encoding: chunked", chunks));
    all.put("two lengths", List.of("Content-Length: 2|Content-Length: 4", "{}" + SECOND));
    all.put("two lengths alike", List.of("Content-Length: 2|Content-Length: 2", "{}" + SECOND));
    all.put("a list of lengths", List.of("Content-Length: 2, 4", "{}" + SECOND));
    all.put("a list alike", List.of("Content-Length: 2, 2", "{}" + SECOND));
    all.put("a sign", List.of("Content-Length: +2", "{}" + SECOND));
    all.put("less than nothing", List.of("Content-Length: -2", "{}" + SECOND));
    all.put("hexadecimal", List.of("Content-Length: 0x2", "{}" + SECOND));
    all.put("no number", List.of("Content-Length: two", "{}" + SECOND));
    all.put("no length", List.of("Content-Length:", "{}" + SECOND));
    all.put("folded length", List.of("Content-Length: 2\r\n 4", "{}" + SECOND));
    all.put("too large", List.of("Content-Length: 99999999999999999999", "{}" + SECOND));
    all.put("bare LF", List.of("Content-Length: 2\nX-Y: z", "{}" + SECOND));
    all.put("bare CR", List.of("X-Y: z\rContent-Length: 2", SECOND));
    all.put("NUL in a value", List.of("X-Y: a\0b", SECOND));
    all.put("no colon", List.of("X-Y", SECOND));
    all.put("space in a name", List.of("X Y: z", SECOND));
    all.put("two hosts", List.of("Host: b", SECOND));
    return all.entrySet().stream()
        .map(
            attack ->
                new Attack(
                    attack.getKey(),
                    attack.getValue().getFirst().replace("|", "\r\n"),
                    attack.getValue().get(1)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attacks")
  void isAnsweredOnceAndEnds(Attack attack) {
    AtOnce.each(
        List.of(API.claims(), API.trials(), API.stack().ledger()),
        service -> refused(service, post("Host: a\r\nContent-Type: application/json\r\n", attack)));
  }

  @Test
  void aRequestNeedsAHost() {
    refused(API.claims(), "GET " + PATH + " HTTP/1.1\r\n\r\n");
  }

  @Test
  void theRequestLineIsStrict() {
    for (String line : List.of("GET " + PATH + "\r\n", "\u0016\u0003\u0001\u0002\r\n")) {
      refused(API.claims(), line + "Host: a\r\n\r\n");
    }
  }

  /// A proxy that passes the wish on sees one request, and then bytes that it does not understand.
  @Test
  void noConnectionBecomesHttp2() {
    String wish =
        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n";
    String preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0";
    List<String> wishes =
        List.of(
            get("Host: a\r\n" + wish),
            get("Host: a\r\n" + wish) + preface,
            post("Host: a\r\n" + wish, new Attack("", "Content-Length: 2", "{}")),
            get("Host: a\r\nConnection: Upgrade\r\nUpgrade: websocket, h2c\r\n"),
            get("Host: a\r\nConnection: Upgrade\r\nUpgrade: h2\r\n"));
    AtOnce.each(
        List.of(API.claims(), API.trials(), API.stack().ledger()),
        service -> {
          AtOnce.each(
              wishes,
              request -> {
                RawHttp answer = RawHttp.send(service, request);
                assertTrue(answer.text().startsWith("HTTP/1.1 4"), answer::text);
                assertFalse(answer.text().contains("\0"), answer::text);
                assertEquals(1, answer.answers(), answer::text);
              });
          RawHttp answer = RawHttp.send(service, preface);
          // In the form of HTTP/1.1, and no frame.
          assertTrue(answer.text().startsWith("HTTP/2.0 400 Bad Request\r\n"), answer::text);
          assertFalse(answer.text().contains("\0"), answer::text);
          assertTrue(answer.closed(), answer::text);
        });
  }

  private static String get(String headers) {
    return "GET " + PATH + " HTTP/1.1\r\n" + headers + "\r\n";
  }

  /// What none of the above is: so that a refusal means something.
  @Test
  void twoProperRequestsAreTwo() {
    String request =
        post(
            "Host: a\r\n", new Attack("", "Content-Type: a/b\r\nContent-Length: 2", "{}" + SECOND));
    RawHttp answer = RawHttp.send(API.claims(), request);
    assertEquals(2, answer.answers(), answer::text);
    assertTrue(!answer.closed(), answer::text);
  }

  private static String post(String headers, Attack attack) {
    return "POST " + PATH + " HTTP/1.1\r\n" + headers + attack.head() + "\r\n\r\n" + attack.body();
  }

  private static void refused(Service service, String request) {
    RawHttp answer = RawHttp.send(service, request);
    assertTrue(List.of(400, 401, 404, 413, 501, 505).contains(answer.status()), answer::text);
    assertEquals(1, answer.answers(), answer::text);
    assertFalse(answer.text().contains("/nothing/here"), answer::text);
    assertTrue(answer.closed(), answer::text);
    assertTrue(answer.body().isEmpty() || answer.body().contains("\"code\""), answer::text);
  }
}
