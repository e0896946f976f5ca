package dev.indelible.faults.history;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// HTTP to a server that may be frozen, dead or half-way.
final class Wire implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  HttpResponse<String> post(String url, String bearer, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest request =
        request(url)
            .header("Authorization", "Bearer " + bearer)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  HttpResponse<byte[]> get(String url) throws IOException, InterruptedException {
    return http.send(request(url).GET().build(), BodyHandlers.ofByteArray());
  }

  private static HttpRequest.Builder request(String url) {
    return HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE);
  }

  /// Ends at once, whatever is still under way.
  @Override
  public void close() {
    http.shutdownNow();
  }
}
