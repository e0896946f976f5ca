package dev.indelible.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/// What a caller sees of an answer. Two that are equal tell the same.
///
/// @param body empty for a stream, which has no end
record Answer(int status, String type, String body) {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  static Answer to(HttpRequest request) {
    try {
      HttpResponse<InputStream> response = CLIENT.send(request, BodyHandlers.ofInputStream());
      String type = response.headers().firstValue("Content-Type").orElse("");
      try (InputStream body = response.body()) {
        boolean ends = !type.startsWith("text/event-stream");
        String text = ends ? new String(body.readAllBytes(), UTF_8) : "";
        return new Answer(response.statusCode(), type, text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
