package dev.indelible.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.indelible.local.testing.Api;
import dev.indelible.local.testing.Samples;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// No address in a submission is called: a service calls Keycloak, the ledger, and the witnesses
/// and the time-stamping authority that its operator named, and nobody else (server-side request
/// forgery).
@Tag("asvs-5.0/13.2.4")
@Tag("asvs-5.0/15.3.2")
class NoCallbackTest {
  private static final Api API = new Api(SharedStack.get());
  private static final AtomicInteger CALLED = new AtomicInteger();
  private static HttpServer bait;

  @BeforeAll
  static void listen() throws IOException {
    bait = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    bait.createContext(
        "/",
        exchange -> {
          CALLED.incrementAndGet();
          exchange.sendResponseHeaders(404, -1);
        });
    bait.start();
  }

  @AfterAll
  static void stop() {
    bait.stop(0);
  }

  private static String bait() {
    return "http://localhost:" + bait.getAddress().getPort() + "/bait";
  }

  @Test
  void noAddressInABodyIsCalled() throws IOException {
    int submitted = 0;
    for (String claim : files("testdata/fhir-claims")) {
      for (String body : baited(claim)) {
        var ignored = as("alder", "application/fhir+json", body).post("/fhir/Claim");
        submitted++;
      }
    }
    for (String study : files("testdata/ctgov")) {
      for (String body : baited(study)) {
        var ignored =
            API.as("sponsor", API.trials())
                .contentType("application/json")
                .body(body.getBytes(UTF_8))
                .post("/v1/protocols/import/ctgov");
        submitted++;
      }
    }
    assertTrue(submitted > 50, () -> "too few files");
    nobodyCalled();
  }

  @Test
  void noAddressInAHeaderIsCalled() {
    String claim = Samples.claim(Samples.fresh("CLM"), Samples.fresh("TEST"), 64_000);
    for (String header :
        List.of(
            "Referer",
            "Origin",
            "Forwarded",
            "X-Forwarded-Host",
            "X-Original-URL",
            "Link",
            "Location",
            "Content-Location",
            "Destination",
            "X-Wap-Profile",
            "True-Client-IP",
            "Idempotency-Key")) {
      var ignored =
          as("alder", "application/json", claim).header(header, bait()).post("/v1/claims");
    }
    nobodyCalled();
  }

  private static RequestSpecification as(String user, String type, String body) {
    return API.as(user, API.claims()).contentType(type).body(body.getBytes(UTF_8));
  }

  /// Every address in the document, and every reference, as the bait's; and a type definition that
  /// is to be fetched.
  private static List<String> baited(String document) {
    String value = "\"" + Matcher.quoteReplacement(bait()) + "\"";
    return List.of(
        document.replaceAll("\"https?://[^\"]*\"", value),
        document.replaceAll("(?<=\"reference\" ?: ?)\"[^\"]*\"", value),
        "<!DOCTYPE a SYSTEM \"" + bait() + "\"><a/>");
  }

  /// Answers are not before they are done with; a call would have come by then.
  private static void nobodyCalled() {
    assertEquals(0, CALLED.getAndSet(0));
    assertEquals(404, RestAssured.given().get(bait()).statusCode());
    assertEquals(1, CALLED.getAndSet(0), "the bait can be called");
  }

  private static List<String> files(String folder) throws IOException {
    try (Stream<Path> files = Files.walk(Resources.root().resolve(folder))) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .map(
              file -> {
                try {
                  return Files.readString(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .toList();
    }
  }
}
