package dev.indelible.witness;

import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.PemKey;
import dev.indelible.transparency.policy.TrustPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/// A witness with a server on a free loopback port and a clock that stands still.
public final class RunningWitness implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  static final String NAME = "witness.example/1";
  public static final String ED25519 = PemKey.generate(KeyAlgorithm.ED25519);
  public static final String ML_DSA_44 = PemKey.generate(KeyAlgorithm.ML_DSA_44);

  final Cosigners cosigners;
  final SeenCheckpoints seen;
  private final WitnessServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  private RunningWitness(TrustPolicy policy, List<String> pems, Path folder) throws IOException {
    cosigners = Cosigners.of(NAME, pems);
    seen = SeenCheckpoints.open(folder);
    Witness witness = new Witness(policy, cosigners, seen, Clock.fixed(NOW, ZoneOffset.UTC));
    server = new WitnessServer(witness, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  public static RunningWitness start(String policy, List<String> pems, Path folder)
      throws IOException {
    return new RunningWitness(TrustPolicy.parse(policy + "quorum none\n"), pems, folder);
  }

  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  public HttpResponse<String> addCheckpoint(String body) throws IOException, InterruptedException {
    return post("/add-checkpoint", body);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  public String url() {
    return "http://localhost:" + server.port();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() throws IOException {
    server.close();
    seen.close();
    client.close();
  }
}
