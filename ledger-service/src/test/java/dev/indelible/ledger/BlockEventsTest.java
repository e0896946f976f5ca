package dev.indelible.ledger;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.ledger.testing.Entries;
import dev.indelible.ledger.testing.LedgerFiles;
import dev.indelible.ledger.testing.Oracle;
import dev.indelible.ledger.testing.TestTokens;
import dev.indelible.local.testing.RealPostgres;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The stream of new blocks as a browser reads it.
@QuarkusTest
@WithTestResource(
    value = RealPostgres.class,
    initArgs = @ResourceArg(name = "database", value = "ledger"))
@WithTestResource(LedgerFiles.class)
@WithTestResource(TestTokens.class)
@Timeout(120)
class BlockEventsTest {
  private static final String EVENTS = "/v1/logs/claims/blocks/events";

  @TestHTTPResource(EVENTS)
  URI address;

  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void fill() {
    for (int i = 0; i < 3; i++) {
      assertEquals(201, Entries.append("claims", Entries.random()).statusCode());
    }
  }

  @AfterEach
  void nothingDiffers() {
    Oracle.requireNoDifference();
  }

  @Test
  void aNewBlockReachesWhoeverListens() throws Exception {
    try (BufferedReader stream = listen(null)) {
      awaitHeartbeat(stream);
      long index = Entries.append("claims", Entries.random()).jsonPath().getLong("index");
      JsonPath block = next(stream);
      assertTrue(block.getLong("start") <= index && index < block.getLong("end"));
      String checkpoint =
          get("/v1/logs/claims/blocks/" + block.getLong("number"))
              .jsonPath()
              .getString("checkpoint");
      assertEquals(checkpoint, block.getString("checkpoint"));
    }
  }

  @Test
  void resumesBehindTheLastEventThatTheClientSaw() throws Exception {
    long last = get("/v1/logs/claims/blocks?limit=100").jsonPath().getList("blocks").size() - 1;
    assertTrue(last >= 3);
    try (BufferedReader stream = listen("0")) {
      for (long number = 1; number <= last; number++) {
        assertEquals(number, next(stream).getLong("number"));
      }
    }
    try (BufferedReader stream = listen("" + (last - 1))) {
      assertEquals(last, next(stream).getLong("number"));
      awaitHeartbeat(stream);
    }
  }

  @Test
  void refusesWhatIsNoBlock() {
    given()
        .header("Last-Event-ID", "newest")
        .get(EVENTS)
        .then()
        .statusCode(400)
        .body("code", equalTo("bad-request"));
    get("/v1/logs/nothing/blocks/events").then().statusCode(404).body("code", equalTo("not-found"));
  }

  private BufferedReader listen(String last) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    if (last != null) {
      request.header("Last-Event-ID", last);
    }
    HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
    assertEquals(200, response.statusCode());
    assertTrue(
        response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream"));
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  /// The next block; its number is the event's id.
  private static JsonPath next(BufferedReader stream) throws IOException {
    String id = "";
    while (true) {
      String line = stream.readLine();
      if (line.startsWith("id:")) {
        id = line.substring(3).strip();
      } else if (line.startsWith("data:")) {
        JsonPath block = JsonPath.from(line.substring(5));
        assertEquals(id, block.getString("number"));
        return block;
      }
    }
  }

  private static void awaitHeartbeat(BufferedReader stream) throws IOException {
    String line = stream.readLine();
    while (!line.startsWith(":")) {
      line = stream.readLine();
    }
  }
}
