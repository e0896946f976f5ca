package dev.indelible.local.demo;

import dev.indelible.local.LocalException;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonArray;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.JsonException;
import dev.indelible.transparency.canonical.JsonReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// HTTP requests of one user.
///
/// @param token the user's access token
record Call(String token) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  /// An answer.
  ///
  /// @param text the body as it came
  record Answer(int status, String text) {
    /// The body as a JSON object; an array comes as the member `items`.
    JsonObject json() {
      try {
        return switch (JsonReader.read(text)) {
          case JsonObject object -> object;
          case JsonArray array -> new JsonObject(Map.of("items", array));
          case Json scalar -> throw new JsonException("a single value: " + scalar);
        };
      } catch (JsonException e) {
        throw new LocalException(
            "An answer that is not JSON (" + status + "): " + text, "./indelible status", e);
      }
    }

    /// The string member at the end of a path of objects.
    String string(String... path) {
      JsonObject object = json();
      for (String name : List.of(path).subList(0, path.length - 1)) {
        object = object.find(name).orElse(null) instanceof JsonObject inner ? inner : empty();
      }
      return object.findString(path[path.length - 1]).orElse("");
    }

    private static JsonObject empty() {
      return new JsonObject(Map.of());
    }

    /// This answer, if its status is the one that was expected.
    Answer expect(int expected) {
      if (status != expected) {
        throw new LocalException(
            "Status " + expected + " expected, " + status + " came: " + text,
            "./indelible status; ./indelible doctor");
      }
      return this;
    }
  }

  Answer post(String url, String body) {
    return send(
        request(url)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  Answer get(String url, String accept) {
    return send(request(url).header("Accept", accept));
  }

  Answer get(String url) {
    return get(url, "application/json");
  }

  private HttpRequest.Builder request(String url) {
    return HttpRequest.newBuilder(URI.create(url))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + token);
  }

  private static Answer send(HttpRequest.Builder request) {
    HttpRequest built = request.build();
    try {
      HttpResponse<String> answer = HTTP.send(built, BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body());
    } catch (IOException e) {
      throw new LocalException("No answer from " + built.uri(), "./indelible up", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalException("Interrupted", "./indelible demo", e);
    }
  }
}
