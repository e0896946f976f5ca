package dev.indelible.local.signin;

import dev.indelible.local.LocalException;
import java.io.IOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// As much of a browser as a sign-in needs: cookies, forms, and redirects as far as they stay with
/// the server that was asked.
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MOST_REDIRECTS = 10;

  private final HttpClient http =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  /// By name, for the one server that is asked. Browsers send `Secure` cookies to `localhost`
  /// without TLS, as a place that is trustworthy (W3C Secure Contexts §3.1); the JDK's jar does
  /// not.
  private final Map<String, HttpCookie> cookies = new ConcurrentHashMap<>();

  Page get(URI address) {
    return follow(send(HttpRequest.newBuilder(address)));
  }

  Page post(URI address, Map<String, String> fields) {
    return follow(submit(address, fields));
  }

  /// The bare answer to a form.
  HttpResponse<String> submit(URI address, Map<String, String> fields) {
    return send(
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(encoded(fields))));
  }

  static String encoded(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private Page follow(HttpResponse<String> first) {
    HttpResponse<String> answer = first;
    for (int i = 0; i < MOST_REDIRECTS; i++) {
      URI here = answer.uri();
      String location = answer.headers().firstValue("Location").orElse("");
      if (location.isEmpty()) {
        return new Page(here, answer.statusCode(), answer.body());
      }
      URI next = here.resolve(location);
      if (!here.getAuthority().equals(next.getAuthority())) {
        return new Page(next, answer.statusCode(), "");
      }
      answer = send(HttpRequest.newBuilder(next));
    }
    throw new LocalException("Keycloak redirects in a circle", "./indelible realm");
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    if (!cookies.isEmpty()) {
      request.setHeader(
          "Cookie",
          cookies.values().stream()
              .map(cookie -> cookie.getName() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    HttpRequest built = request.timeout(PATIENCE).build();
    try {
      HttpResponse<String> answer = http.send(built, BodyHandlers.ofString());
      answer.headers().allValues("Set-Cookie").forEach(this::keep);
      return answer;
    } catch (IOException e) {
      throw new LocalException(
          "Keycloak does not answer at " + built.uri(), "./indelible status", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalException("Interrupted while signing in", "try again", e);
    }
  }

  private void keep(String header) {
    for (HttpCookie cookie : HttpCookie.parse(header)) {
      if (cookie.hasExpired()) {
        cookies.remove(cookie.getName());
      } else {
        cookies.put(cookie.getName(), cookie);
      }
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
