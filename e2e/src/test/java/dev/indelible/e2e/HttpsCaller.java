package dev.indelible.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// Calls a port of this machine and lets nobody answer but who has a certificate for a name.
///
/// @param trust whose certificates
record HttpsCaller(SSLContext trust, String name, int port) {

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(30));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(trust).sslParameters(named()).build()) {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /// Whether somebody answers 200.
  boolean finds(String path) {
    try {
      return send(request(path)).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /// What a server shows before anything is asked.
  ///
  /// @param serial of its certificate
  /// @param applicationProtocol that it chose of HTTP/2 and HTTP/1.1; empty for none
  record Shown(String serial, String applicationProtocol) {}

  Shown handshake() throws IOException {
    try (SSLSocket socket =
        (SSLSocket) trust.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      SSLParameters parameters = named();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return new Shown(certificate.getSerialNumber().toString(), socket.getApplicationProtocol());
    }
  }

  private SSLParameters named() {
    SSLParameters parameters = new SSLParameters();
    parameters.setServerNames(List.of(new SNIHostName(name)));
    return parameters;
  }
}
