package dev.indelible.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.NoteSigner;
import dev.indelible.transparency.note.PemKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;

/// Stands before a real witness and passes on what is said, slowly, falsely or not at all.
final class WitnessProxy implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpServer server;
  private final URI witness;
  private final NoteSigner stranger;
  private volatile Manner manner = Manner.HONEST;

  /// How it answers.
  enum Manner {
    HONEST,
    /// No answer in time.
    SLOW,
    /// The connection is closed.
    DOWN,
    /// 200 and no cosignature.
    GARBAGE,
    /// 200 and a cosignature that holds, by a key that nobody knows under the witness's name.
    OTHER_KEY,
    /// 409 and a smaller size than the witness knows.
    SMALLER_SIZE,
    /// 409 and a larger size than there is.
    LARGER_SIZE,
    /// 409 without a size.
    ODD,
    /// 422: it has seen another tree.
    FORK
  }

  /// A proxy before the witness of this name and address.
  WitnessProxy(String name, URI witness) throws IOException {
    this.witness = witness;
    PemKey key = PemKey.parse(KeyAlgorithm.ED25519, PemKey.generate(KeyAlgorithm.ED25519));
    this.stranger = NoteSigner.of(name, KeyType.ED25519_COSIGNATURE, key);
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  void behave(Manner next) {
    manner = next;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      switch (manner) {
        case HONEST -> pass(exchange, body);
        case SLOW -> {
          Thread.sleep(Duration.ofSeconds(10));
          pass(exchange, body);
        }
        case DOWN -> {}
        case GARBAGE -> answer(exchange, 200, "text/plain", "\u2014 nonsense AAAA\n");
        case OTHER_KEY -> answer(exchange, 200, "text/plain", cosignature(body));
        case SMALLER_SIZE -> answer(exchange, 409, "text/x.tlog.size", "1\n");
        case LARGER_SIZE -> answer(exchange, 409, "text/x.tlog.size", "999999999\n");
        case ODD -> answer(exchange, 409, "text/html", "<p>Conflict</p>");
        case FORK -> answer(exchange, 422, "text/plain", "");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String cosignature(byte[] body) {
    String request = new String(body, StandardCharsets.UTF_8);
    String note = request.substring(request.indexOf("\n\n") + 2);
    String text = note.substring(0, note.indexOf("\n\n") + 1);
    return stranger.sign(text, System.currentTimeMillis() / 1000).line();
  }

  private void pass(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(witness.resolve(exchange.getRequestURI().getPath()))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body))
            .build();
    try {
      HttpResponse<String> said = http.send(request, BodyHandlers.ofString());
      String type = said.headers().firstValue("Content-Type").orElse("text/plain");
      answer(exchange, said.statusCode(), type, said.body());
    } catch (java.net.ConnectException down) {
      answer(exchange, 502, "text/plain", "");
    }
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    http.shutdownNow();
  }
}
