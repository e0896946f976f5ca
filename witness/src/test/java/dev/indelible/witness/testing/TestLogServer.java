package dev.indelible.witness.testing;

import com.sun.net.httpserver.HttpExchange;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.Tile;
import dev.indelible.witness.serve.Listener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

/// Serves a [TestLog] as C2SP tlog-tiles on a free loopback port, as strictly as the specification
/// allows: partial tiles exist only for sizes that were published, and go when the full tile is
/// there.
public final class TestLogServer implements AutoCloseable {

  private final Listener listener;
  private final Map<String, UnaryOperator<byte[]>> changes = new ConcurrentHashMap<>();
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
  private final TreeSet<Integer> published = new TreeSet<>();
  private final Map<Integer, String> checkpoints = new ConcurrentHashMap<>();
  private volatile TestLog log;
  private volatile boolean compressed;
  private volatile boolean witnessed = true;
  private volatile Runnable onRequest = () -> {};

  public TestLogServer(TestLog log, int size) throws IOException {
    this.log = log;
    publish(size);
    listener = new Listener(Listener.address(Optional.empty(), 0), this::serve);
  }

  public String url() {
    return "http://localhost:" + listener.port() + "/log";
  }

  /// Publishes a checkpoint of this size, which stays the same text when it is asked for again.
  public void publish(int size) {
    synchronized (published) {
      published.add(size);
    }
    checkpoints.computeIfAbsent(size, s -> witnessed ? log.witnessed(s) : log.signed(s));
    current = size;
  }

  private volatile int current;

  public int size() {
    return current;
  }

  /// From now on another log under the same address.
  public void serve(TestLog other, int size) {
    log = other;
    checkpoints.clear();
    synchronized (published) {
      published.clear();
    }
    publish(size);
  }

  public void withoutWitnesses() {
    witnessed = false;
    checkpoints.clear();
    publish(current);
  }

  public void compressed() {
    compressed = true;
  }

  /// Runs before each answer.
  public void onRequest(Runnable action) {
    onRequest = action;
  }

  /// Serves something else at this path from now on.
  public void change(String path, UnaryOperator<byte[]> change) {
    changes.put(path, change);
  }

  public void flip(String path, int bit) {
    change(
        path,
        bytes -> {
          bytes[bit / 8] ^= (byte) (1 << (bit % 8));
          return bytes;
        });
  }

  public void heal() {
    changes.clear();
    failures.clear();
  }

  /// Answers with this status for as many requests.
  public void fail(String path, int status, int times) {
    failures.put(path, times * 1000 + status);
  }

  /// The paths asked for since the last call.
  public List<String> requests() {
    List<String> all = new ArrayList<>();
    for (String path; (path = requests.poll()) != null; ) {
      all.add(path);
    }
    return all;
  }

  /// Every file that a log of the current size serves.
  public List<String> paths() {
    List<String> paths = new ArrayList<>(List.of("checkpoint"));
    for (int level = Tile.ENTRIES; level < 4; level++) {
      int hashes = current >> (8 * Math.max(level, 0));
      for (int first = 0; first < hashes; first += Tile.FULL) {
        int width = Math.min(Tile.FULL, hashes - first);
        paths.add("tile/" + new Tile(level, first / Tile.FULL, width).path());
      }
    }
    return paths;
  }

  /// What the log serves at this path, unchanged.
  public Optional<byte[]> content(String path) {
    if (path.equals("checkpoint")) {
      return Optional.of(checkpoints.get(current).getBytes(StandardCharsets.UTF_8));
    }
    return path.startsWith("tile/")
        ? Tile.parse(path.substring("tile/".length())).filter(this::exists).map(log::tile)
        : Optional.empty();
  }

  private boolean exists(Tile tile) {
    int shift = 8 * Math.max(tile.level(), 0);
    if (shift > 24) {
      return false;
    }
    Set<Integer> sizes;
    synchronized (published) {
      sizes = Set.copyOf(published);
    }
    int largest = sizes.stream().max(Integer::compare).orElseThrow() >> shift;
    boolean full = (tile.index() + 1) * Tile.FULL <= largest;
    return tile.width() == Tile.FULL
        ? full
        : !full
            && sizes.stream()
                .map(size -> size >> shift)
                .anyMatch(hashes -> hashes == tile.index() * Tile.FULL + tile.width());
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().replaceFirst("^/log/", "");
    requests.add(path);
    onRequest.run();
    Integer failure = failures.get(path);
    if (failure != null && failure >= 1000) {
      failures.put(path, failure - 1000);
      exchange.sendResponseHeaders(failure % 1000, -1);
      return;
    }
    Optional<byte[]> content = content(path);
    if (content.isEmpty()) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    byte[] bytes = changes.getOrDefault(path, same -> same).apply(content.get());
    if (compressed && path.startsWith("tile/entries/")) {
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      bytes = gzip(bytes);
    }
    exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  /// The file name of a log's origin, as witnesses use it.
  public static String hash(TestLog log) {
    return Hash.sha256(log.origin().getBytes(StandardCharsets.UTF_8)).toHex();
  }

  @Override
  public void close() {
    listener.close();
  }
}
