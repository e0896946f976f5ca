package dev.indelible.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/// Serves one witness over HTTP: `POST /add-checkpoint`, and `GET /` to see who it is.
final class WitnessServer implements AutoCloseable {

  /// Two signatures, the larger of 2.4 kB, and 63 hashes are below 8 kB.
  private static final int MAX_BODY_BYTES = 64 * 1024;

  private final Witness witness;
  private final HttpServer server;

  WitnessServer(Witness witness, int port) throws IOException {
    this(witness, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  WitnessServer(Witness witness, InetSocketAddress address) throws IOException {
    this.witness = witness;
    this.server = HttpServer.create(address, 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", exchange -> send(exchange, answer(exchange)));
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    String request = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    return switch (request) {
      case "POST /add-checkpoint" -> addCheckpoint(exchange);
      case "GET /" -> new Answer.Refused(200, witness.vkey());
      default -> new Answer.Refused(404, "nothing here");
    };
  }

  private Answer addCheckpoint(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      return new Answer.Refused(413, "a request has at most 64 KiB");
    }
    try {
      return witness.addCheckpoint(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException e) {
      return Answer.malformed("not UTF-8");
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    try (exchange) {
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.contentType());
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
