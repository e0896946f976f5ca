package dev.indelible.ledger.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.merkle.ConsistencyProof;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.NoteSigner;
import dev.indelible.transparency.note.PemKey;
import dev.indelible.transparency.note.SignedNote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A witness that does what C2SP tlog-witness says, except when a test sets a fault.
public final class TestWitness {
  private static final String FAULT = "indelible.test.witness.fault";
  private static final String SHOWN = "indelible.test.witness.shown";
  private static final String ASKED = "indelible.test.witness.asked";

  private final NoteSigner signer;
  private final HttpServer server;
  private final Map<String, TreeHead> seen = new HashMap<>();
  private final Map<String, String> shown = new HashMap<>();

  private TestWitness(String name) throws IOException {
    PemKey key = PemKey.parse(KeyAlgorithm.ED25519, PemKey.generate(KeyAlgorithm.ED25519));
    signer = NoteSigner.of(name + ".example", KeyType.ED25519_COSIGNATURE, key);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/add-checkpoint", this::serve);
    server.createContext("/", this::show);
    server.start();
  }

  /// Policy lines of three new witnesses, `w0` to `w2`.
  static String startThree() throws IOException {
    System.clearProperty(FAULT);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      TestWitness witness = new TestWitness("w" + i);
      lines.append(
          "witness w%d %s http://localhost:%d\n"
              .formatted(i, witness.signer.key().vkey(), witness.server.getAddress().getPort()));
    }
    return lines.toString();
  }

  /// What all witnesses do from now on: `down`, `fork`, `hang`, or nothing special.
  public static void fault(String fault) {
    System.setProperty(FAULT, fault);
    System.clearProperty(SHOWN);
  }

  /// What `w0` alone answers from now on.
  ///
  /// @param shown what it shows as its last checkpoint; nothing when that is empty
  public static void answerOfOne(int status, String type, String body, String shown) {
    System.setProperty(SHOWN, shown);
    System.clearProperty(ASKED);
    System.setProperty(FAULT, status + "|" + type + "|" + body);
  }

  /// How often `w0` has given that answer.
  public static int asked() {
    return Integer.getInteger(ASKED, 0);
  }

  private boolean isOne() {
    return signer.key().name().startsWith("w0.");
  }

  private synchronized void serve(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String fault = System.getProperty(FAULT, "");
    switch (fault) {
      case "" -> update(exchange, body);
      case "down" -> answer(exchange, 503, "", "text/plain");
      case "fork" -> answer(exchange, 422, "", "text/plain");
      case "hang" -> {} // The connection stays open, and nothing is ever said.
      default -> {
        if (isOne()) {
          System.setProperty(ASKED, Integer.toString(asked() + 1));
          String[] parts = fault.split("\\|", 3);
          answer(exchange, Integer.parseInt(parts[0]), parts[2], parts[1]);
        } else {
          update(exchange, body);
        }
      }
    }
  }

  /// `GET /<SHA-256 of the origin>/checkpoint`.
  private synchronized void show(HttpExchange exchange) throws IOException {
    String instead = System.getProperty(SHOWN);
    String path = exchange.getRequestURI().getPath();
    String note =
        isOne() && instead != null
            ? instead
            : shown.entrySet().stream()
                .filter(entry -> path.equals("/" + hex(entry.getKey()) + "/checkpoint"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    answer(exchange, note.isEmpty() ? 404 : 200, note, "text/plain");
  }

  private static String hex(String origin) {
    return Hash.sha256(origin.getBytes(StandardCharsets.UTF_8)).toHex();
  }

  private void update(HttpExchange exchange, String body) throws IOException {
    int blank = body.indexOf("\n\n");
    List<String> head = Arrays.asList(body.substring(0, blank).split("\n"));
    SignedNote note = SignedNote.parse(body.substring(blank + 2));
    Checkpoint checkpoint = Checkpoint.parse(note.text());
    long old = Long.parseLong(head.getFirst().substring("old ".length()));
    List<Hash> path = head.subList(1, head.size()).stream().map(Hash::fromBase64).toList();
    TreeHead known = seen.getOrDefault(checkpoint.origin(), TreeHead.EMPTY);
    // Two signatures a generation of keys, of which two may be in force.
    if (note.signatures().size() != 2 && note.signatures().size() != 4) {
      answer(exchange, 400, "only the log's own signatures, please", "text/plain");
    } else if (old > checkpoint.head().size()) {
      answer(exchange, 400, "", "text/plain");
    } else if (old != known.size()) {
      answer(exchange, 409, known.size() + "\n", "text/x.tlog.size");
    } else if (!new ConsistencyProof(old, checkpoint.head().size(), path)
        .verify(known, checkpoint.head())) {
      answer(exchange, 422, "", "text/plain");
    } else {
      seen.put(checkpoint.origin(), checkpoint.head());
      shown.put(checkpoint.origin(), note.print());
      String line = signer.sign(note.text(), System.currentTimeMillis() / 1000).line();
      answer(exchange, 200, line, "text/plain");
    }
  }

  private static void answer(HttpExchange exchange, int status, String body, String type) {
    try (exchange) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
