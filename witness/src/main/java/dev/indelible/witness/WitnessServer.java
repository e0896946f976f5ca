package dev.indelible.witness;

import com.sun.net.httpserver.HttpExchange;
import dev.indelible.witness.serve.Listener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Serves one witness over HTTP: `POST /add-checkpoint`, `POST /sign-subtree`, what it saw last of
/// each log, and `GET /` to see who it is. Submission and monitoring prefix are the same.
final class WitnessServer implements AutoCloseable {

  /// Sixteen ML-DSA signatures and 63 hashes are below 64 KiB; a note may carry others'
  /// cosignatures besides.
  static final int MAX_BODY_BYTES = 128 * 1024;

  private static final Pattern LAST_CHECKPOINT = Pattern.compile("GET /([0-9a-f]{64})/checkpoint");

  private final Witness witness;
  private final Listener listener;

  WitnessServer(Witness witness, InetSocketAddress address) throws IOException {
    this.witness = witness;
    this.listener = new Listener(address, this::serve);
  }

  int port() {
    return listener.port();
  }

  @Override
  public void close() {
    listener.close();
  }

  private void serve(HttpExchange exchange) throws IOException {
    Answer answer;
    try {
      answer = answer(exchange);
    } catch (RuntimeException e) {
      // A full disk, for example: nothing is signed that could not be remembered.
      System.err.println(exchange.getRequestURI() + ": " + e);
      answer = new Answer.Refused(500, "the witness could not do its work");
    }
    send(exchange, answer);
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    String request = exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath();
    Matcher last = LAST_CHECKPOINT.matcher(request);
    if (last.matches()) {
      return witness.lastCheckpoint(last.group(1));
    }
    return switch (request) {
      case "POST /add-checkpoint" -> post(exchange, witness::addCheckpoint);
      case "POST /sign-subtree" -> post(exchange, witness::signSubtree);
      case "GET /" -> new Answer.Text(witness.vkeys());
      default -> new Answer.Refused(404, "nothing here");
    };
  }

  private interface Operation {
    Answer on(String body);
  }

  private static Answer post(HttpExchange exchange, Operation operation) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      return new Answer.Refused(413, "a request has at most 128 KiB");
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      return new Answer.Refused(400, "not UTF-8");
    }
    return operation.on(text);
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    exchange.getResponseHeaders().set("Cache-Control", "no-cache");
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
  }
}
