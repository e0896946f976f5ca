package dev.indelible.witness.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The JDK's HTTP server with a virtual thread for each request.
public final class Listener implements AutoCloseable {

  static {
    // The server writes headers and body separately. On a connection that is kept alive the second
    // would wait 40 ms for the acknowledgement of the first: measured, 46 ms a request against 1.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// What answers a request; the exchange is closed afterwards.
  public interface Handler {
    /// Answers.
    void serve(HttpExchange exchange) throws IOException;
  }

  /// Listens until it is closed.
  public Listener(InetSocketAddress address, Handler handler) throws IOException {
    this.server = HttpServer.create(address, 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            handler.serve(exchange);
          }
        });
    server.start();
  }

  /// The address for a port, on this host, or on the loopback when none is given.
  public static InetSocketAddress address(Optional<String> host, int port) {
    return host.map(name -> new InetSocketAddress(name, port))
        .orElseGet(() -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  /// The port, also when 0 was asked for.
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
