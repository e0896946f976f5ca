package dev.indelible.local;

import dev.indelible.transparency.canonical.Json.JsonNumber;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.JsonReader;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Access tokens of the demo users and of the machine clients, asked for at Keycloak and kept until
/// shortly before they end.
public final class Tokens {

  private static final Duration MARGIN = Duration.ofSeconds(60);

  private final URI endpoint;
  private final Secrets secrets;
  private final Clock clock;
  private final Map<Map<String, String>, Held> held = new ConcurrentHashMap<>();

  private record Held(String token, Instant until) {}

  Tokens(String issuer, Secrets secrets, Clock clock) {
    this.endpoint = URI.create(issuer + "/protocol/openid-connect/token");
    this.secrets = secrets;
    this.clock = clock;
  }

  /// The token of a demo user, by password.
  public String ofUser(String user) {
    return of(
        Map.of(
            "grant_type", "password",
            "client_id", "indelible-cli",
            "username", user,
            "password", "demo"));
  }

  /// The token of a machine, by its client secret.
  public String ofClient(String client) {
    return of(
        Map.of(
            "grant_type",
            "client_credentials",
            "client_id",
            client,
            "client_secret",
            secrets.of("client." + client)));
  }

  private String of(Map<String, String> form) {
    return held.compute(
            form,
            (key, old) -> old != null && clock.instant().isBefore(old.until()) ? old : ask(key))
        .token();
  }

  private Held ask(Map<String, String> form) {
    String body =
        new TreeMap<>(form)
            .entrySet().stream()
                .map(
                    field ->
                        field.getKey()
                            + "="
                            + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      Instant asked = clock.instant();
      HttpResponse<byte[]> answer =
          Probe.CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
      JsonObject json = JsonReader.readObject(answer.body());
      return new Held(
          json.findString("access_token").orElseThrow(() -> refused(json)),
          asked.plus(lifespan(json)).minus(MARGIN));
    } catch (IOException e) {
      throw new LocalException("Keycloak does not answer at " + endpoint, "./indelible status", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalException("Interrupted while asking for a token", "try again", e);
    }
  }

  private static Duration lifespan(JsonObject json) {
    return json.members().get("expires_in") instanceof JsonNumber seconds
        ? Duration.ofSeconds(seconds.decimal().longValueExact())
        : MARGIN;
  }

  private static LocalException refused(JsonObject json) {
    return new LocalException(
        "Keycloak refused: " + json.findString("error_description").orElse("no reason given"),
        "users: alder birch alder-adjudicator birch-adjudicator sponsor dogwood regulator auditor ana"
            + " operator");
  }
}
