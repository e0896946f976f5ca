package dev.indelible.witness.mirror;

import com.sun.net.httpserver.HttpExchange;
import dev.indelible.transparency.merkle.Tile;
import dev.indelible.witness.serve.Listener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Serves a mirror's files as they are (C2SP tlog-tiles): the checkpoint, and what has the name of
/// a tile. Nothing else in the folder has an address.
final class MirrorServer implements AutoCloseable {
  private static final String TILES = "/tile/";

  private final Path folder;
  private final Listener listener;

  MirrorServer(Path folder, InetSocketAddress address) throws IOException {
    this.folder = folder;
    this.listener = new Listener(address, this::serve);
  }

  int port() {
    return listener.port();
  }

  private void serve(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getRawPath();
    Optional<Path> file = file(path);
    if (!method.equals("GET") && !method.equals("HEAD")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      exchange.sendResponseHeaders(405, -1);
    } else if (file.isEmpty()) {
      exchange.sendResponseHeaders(404, -1);
    } else {
      boolean tile = path.startsWith(TILES);
      // SPEC: tiles are immutable, "so its caching headers SHOULD be long-lived"; a checkpoint's
      // "headers SHOULD prevent caching beyond a few seconds".
      exchange
          .getResponseHeaders()
          .set("Cache-Control", tile ? "public, max-age=31536000, immutable" : "no-cache");
      exchange
          .getResponseHeaders()
          .set("Content-Type", tile ? "application/octet-stream" : "text/plain; charset=utf-8");
      send(exchange, file.get(), method.equals("HEAD"));
    }
  }

  /// The file at an address, in the one spelling that the address can have.
  private Optional<Path> file(String path) {
    if (path.equals("/checkpoint")) {
      return Optional.of(folder.resolve("checkpoint"));
    }
    return path.startsWith(TILES)
        ? Tile.parse(path.substring(TILES.length()))
            .map(tile -> folder.resolve("tile/" + tile.path()))
        : Optional.empty();
  }

  private static void send(HttpExchange exchange, Path file, boolean headOnly) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    if (headOnly) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
    }
    exchange.sendResponseHeaders(200, headOnly || bytes.length == 0 ? -1 : bytes.length);
    if (!headOnly) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    listener.close();
  }
}
