package dev.indelible.ledger.api;

import dev.indelible.kit.tls.ServiceTls;
import dev.indelible.ledger.LedgerConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Sends an append on to the process that writes the log, with the caller's own token: that process
/// checks everything again.
@ApplicationScoped
class WriterForward {
  static final String HEADER = "Indelible-Forwarded";

  private static final List<String> PASSED_ON =
      List.of(HttpHeaders.LOCATION, HttpHeaders.RETRY_AFTER, HttpHeaders.CACHE_CONTROL);

  private final HttpClient http;

  @Inject
  WriterForward(ServiceTls tls, LedgerConfig config) {
    this(config.peerName().map(tls::clientFor).orElseGet(tls::client));
  }

  WriterForward(HttpClient.Builder http) {
    this.http = http.connectTimeout(Duration.ofSeconds(1)).build();
  }

  /// The writer's answer; nothing when there is no writer, or none that answers.
  Optional<Response> send(Optional<String> writer, Forwardable request, long end)
      throws InterruptedException {
    if (writer.isEmpty() || request.forwarded()) {
      return Optional.empty();
    }
    try {
      HttpResponse<byte[]> response =
          http.send(toHttp(writer.get(), request, end), BodyHandlers.ofByteArray());
      return response.statusCode() == 503 ? Optional.empty() : Optional.of(toAnswer(response));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static HttpRequest toHttp(String writer, Forwardable request, long end) {
    Duration left = Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
    HttpRequest.Builder http = HttpRequest.newBuilder(URI.create(writer + request.path()));
    request.prefer().ifPresent(prefer -> http.header("Prefer", prefer));
    request.contentType().ifPresent(type -> http.header(HttpHeaders.CONTENT_TYPE, type));
    return http.timeout(left)
        .header(HttpHeaders.AUTHORIZATION, request.authorization())
        .header(HEADER, "1")
        .POST(BodyPublishers.ofByteArray(request.body().toArray()))
        .build();
  }

  private static Response toAnswer(HttpResponse<byte[]> response) {
    Response.ResponseBuilder answer = Response.status(response.statusCode());
    if (response.body().length > 0) {
      String type = response.headers().firstValue(HttpHeaders.CONTENT_TYPE).orElse("text/plain");
      var ignored = answer.header(HttpHeaders.CONTENT_TYPE, type).entity(response.body());
    }
    for (String name : PASSED_ON) {
      response.headers().firstValue(name).ifPresent(value -> answer.header(name, value));
    }
    return answer.build();
  }
}
