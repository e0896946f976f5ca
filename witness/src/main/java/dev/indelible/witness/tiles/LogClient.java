package dev.indelible.witness.tiles;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.Tile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/// Reads any log that serves C2SP tlog-tiles below a URL prefix.
public final class LogClient implements TileSource, AutoCloseable {
  /// The longest bundle: 256 entries of 65,535 bytes, each behind its length.
  private static final int MAX_BYTES = Tile.FULL * (2 + 65_535);

  /// A checkpoint with the most signatures that a note may have is below 512 KiB.
  private static final int MAX_CHECKPOINT_BYTES = 512 * 1024;

  private final HttpClient http;
  private final URI prefix;
  private final Patience patience;
  private final String encodings;

  /// A client with connections of its own, which many threads may use.
  public LogClient(String url, Patience patience) {
    this.prefix = prefix(url);
    this.patience = patience;
    this.encodings = encodings(prefix);
    // HTTP/1.1: a connection for each request under way, kept alive, and no upgrade dance that
    // small servers answer with an error.
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(patience.timeout())
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
  }

  /// Reads a URL prefix.
  ///
  /// @throws IllegalArgumentException when there can be no log
  public static URI prefix(String url) {
    URI prefix = URI.create(url.replaceFirst("/+$", "") + "/");
    if (!List.of("http", "https").contains(String.valueOf(prefix.getScheme()))
        || prefix.getHost() == null) {
      throw new IllegalArgumentException("not the address of a log: " + url);
    }
    return prefix;
  }

  /// SPEC: "Clients SHOULD include `gzip` and `identity` in their `Accept-Encoding` headers." From
  /// this machine to itself nothing is gained by it, and a third of the time is lost.
  private static String encodings(URI prefix) {
    boolean isHere = prefix.getHost().matches("localhost|127\\.0\\.0\\.1|\\[::1]");
    return isHere ? "identity" : "gzip, identity";
  }

  /// The URL prefix, with a slash at the end.
  public String url() {
    return prefix.toString();
  }

  /// The signed note that the log shows at this moment.
  public String checkpoint() throws IOException, InterruptedException {
    return text("checkpoint");
  }

  /// A signed note at another path below the prefix.
  public String text(String path) throws IOException, InterruptedException {
    return new String(get(path, MAX_CHECKPOINT_BYTES), StandardCharsets.UTF_8);
  }

  /// {@inheritDoc}
  ///
  /// A partial tile may have been deleted because the full one exists by now, of which it is the
  /// beginning. SPEC: clients "MAY fetch the full tile […] as a fallback in case the partial tile
  /// is not available anymore."
  @Override
  public byte[] read(Tile tile) throws IOException, InterruptedException {
    try {
      return get(TileSource.name(tile), MAX_BYTES);
    } catch (UnavailableException e) {
      if (!e.isAbsent() || tile.width() == Tile.FULL) {
        throw e;
      }
      return beginning(tile, e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private byte[] beginning(Tile tile, UnavailableException partialIsAbsent)
      throws IOException, InterruptedException {
    byte[] full;
    try {
      full = get(TileSource.name(new Tile(tile.level(), tile.index(), Tile.FULL)), MAX_BYTES);
    } catch (UnavailableException e) {
      partialIsAbsent.addSuppressed(e);
      throw partialIsAbsent;
    }
    if (tile.level() == Tile.ENTRIES) {
      return Leaves.prefix(full, tile.width());
    }
    return Arrays.copyOf(full, Math.min(full.length, tile.width() * Hash.LENGTH));
  }

  private byte[] get(String path, int limit) throws IOException, InterruptedException {
    String reason = "";
    for (int attempt = 0; attempt < patience.attempts(); attempt++) {
      patience.before(attempt);
      int status;
      try {
        HttpResponse<byte[]> response = send(path, limit);
        status = response.statusCode();
        if (status == 200) {
          return decoded(response, limit);
        }
        reason = "the server answered " + status;
      } catch (IOException e) {
        reason = e.getMessage() == null ? e.toString() : e.getMessage();
        continue;
      }
      if (status != 429 && status < 500) {
        throw new UnavailableException(path, reason, status == 404 || status == 410);
      }
    }
    throw new UnavailableException(path, reason, false);
  }

  private HttpResponse<byte[]> send(String path, int limit)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(prefix.resolve(path))
            .timeout(patience.timeout())
            .header("Accept-Encoding", encodings)
            .build();
    return http.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), limit));
  }

  /// SPEC: "Logs MAY use `Content-Encoding: gzip` with no negotiation".
  private static byte[] decoded(HttpResponse<byte[]> response, int limit) throws IOException {
    String encoding = response.headers().firstValue("Content-Encoding").orElse("identity");
    return switch (encoding) {
      case "identity" -> response.body();
      case "gzip" -> {
        try (GZIPInputStream in =
            new GZIPInputStream(new ByteArrayInputStream(response.body()), 8192)) {
          byte[] bytes = in.readNBytes(limit + 1);
          if (bytes.length > limit) {
            throw new IOException("more than " + limit + " bytes behind the compression");
          }
          yield bytes;
        }
      }
      default -> throw new IOException("an encoding that nobody asked for: " + encoding);
    };
  }
}
