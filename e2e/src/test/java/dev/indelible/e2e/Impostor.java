package dev.indelible.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/// Stands where a ledger should, with a certificate that should convince nobody, and counts who
/// came and who said something.
final class Impostor implements AutoCloseable {
  private final SSLServerSocket server;
  private final AtomicInteger came = new AtomicInteger();
  private final AtomicInteger spoke = new AtomicInteger();

  private Impostor(SSLServerSocket server) {
    this.server = server;
  }

  static Impostor with(SSLContext certificate) throws IOException {
    Impostor impostor =
        new Impostor(
            (SSLServerSocket)
                certificate
                    .getServerSocketFactory()
                    .createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().name("impostor").start(impostor::accept);
    return impostor;
  }

  int port() {
    return server.getLocalPort();
  }

  int came() {
    return came.get();
  }

  int spoke() {
    return spoke.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        came.incrementAndGet();
        listen((SSLSocket) socket);
      } catch (IOException refused) {
        // By the client, in the handshake, or closed by us.
      }
    }
  }

  private void listen(SSLSocket socket) throws IOException {
    socket.setSoTimeout(10_000);
    socket.startHandshake();
    if (socket.getInputStream().read() >= 0) {
      spoke.incrementAndGet();
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
