package dev.indelible.ledger.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.indelible.ledger.block.Bytes;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What goes to the writer's process and what comes back, over a real connection.
class WriterForwardTest {
  /// No text in any encoding that would survive being read as one.
  private static final byte[] BODY = {(byte) 0xd2, (byte) 0x84, 0, (byte) 0xff, (byte) 0xfe};

  private HttpServer writer;

  @BeforeEach
  void start() throws IOException {
    writer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    writer.createContext("/registered", exchange -> answer(exchange, 201));
    writer.createContext("/accepted", exchange -> answer(exchange, 202));
    writer.createContext("/busy", exchange -> answer(exchange, 503));
    writer.start();
  }

  @AfterEach
  void stop() {
    writer.stop(0);
  }

  /// Sends back what came.
  private static void answer(HttpExchange exchange, int status) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    exchange.getResponseHeaders().set("Location", "/scitt/claims/entries/x");
    exchange.getResponseHeaders().set("Retry-After", "7");
    if (status == 202) {
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Test
  void bytesAndTheirMediaTypeArriveAsTheyAre() throws Exception {
    Response answer = send("/registered").orElseThrow();
    assertEquals(201, answer.getStatus());
    assertEquals("application/cose", answer.getHeaderString("Content-Type"));
    assertArrayEquals(BODY, (byte[]) answer.getEntity());
    assertEquals("/scitt/claims/entries/x", answer.getHeaderString("Location"));
  }

  @Test
  void anAnswerWithoutBodyKeepsWhenToComeAgain() throws Exception {
    Response answer = send("/accepted").orElseThrow();
    assertEquals(202, answer.getStatus());
    assertEquals("7", answer.getHeaderString("Retry-After"));
    assertFalse(answer.hasEntity());
  }

  @Test
  void aWriterThatIsNoneAnyMoreIsNoAnswer() throws Exception {
    assertEquals(Optional.empty(), send("/busy"));
  }

  private Optional<Response> send(String path) throws InterruptedException {
    Forwardable request =
        new Forwardable(
            path, Bytes.of(BODY), Optional.of("application/cose"), "", Optional.empty(), false);
    String address = "http://localhost:" + writer.getAddress().getPort();
    return new WriterForward(HttpClient.newBuilder())
        .send(Optional.of(address), request, System.nanoTime() + 60_000_000_000L);
  }
}
