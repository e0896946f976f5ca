package dev.indelible.local.command;

import dev.indelible.local.Service;
import dev.indelible.local.Stack;
import dev.indelible.transparency.canonical.CanonicalJson;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonNumber;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.JsonException;
import dev.indelible.transparency.canonical.JsonReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// Asks every service to rebuild its statements from the live rows and its tree heads from the
/// entries, and prints each difference by table, row, field and block.
final class Audit {

  /// Somewhat longer than a service takes at most.
  private static final Duration PATIENCE = Duration.ofMinutes(35);

  private static final Duration SAID = Duration.ofSeconds(2);

  private final Installation installation;
  private final Screen screen;

  Audit(Installation installation, Screen screen) {
    this.installation = installation;
    this.screen = screen;
  }

  ExitCode run() {
    Stack stack = installation.stack();
    String token = stack.tokens().ofUser("operator");
    List<ExitCode> verdicts = new ArrayList<>();
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (Service service : stack.services().toList()) {
        verdicts.add(ask(client, service, token));
      }
    }
    if (verdicts.contains(ExitCode.CONTRADICTED)) {
      return ExitCode.CONTRADICTED;
    }
    return verdicts.contains(ExitCode.NOT_CHECKED) ? ExitCode.NOT_CHECKED : ExitCode.OK;
  }

  private ExitCode ask(HttpClient client, Service service, String token) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(service.url() + "/v1/audit"))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token)
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      HttpResponse<byte[]> answer = await(client, service, request);
      return answer.statusCode() == 200
          ? print(service, JsonReader.readObject(answer.body()))
          : notChecked(service, "it answered " + answer.statusCode());
    } catch (IOException | JsonException e) {
      return notChecked(service, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return notChecked(service, "interrupted");
    }
  }

  /// Says now and then how far it is.
  private HttpResponse<byte[]> await(HttpClient client, Service service, HttpRequest request)
      throws IOException, InterruptedException {
    var answer = client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
    AuditLine progress = new AuditLine(service.name());
    while (true) {
      try {
        return answer.get(SAID.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        health(client, service)
            .flatMap(health -> progress.line(health, System.nanoTime()))
            .ifPresent(screen::note);
      } catch (ExecutionException e) {
        throw new IOException(e.getCause());
      }
    }
  }

  /// Whatever it is: a service that is not well is audited too.
  private static Optional<byte[]> health(HttpClient client, Service service)
      throws InterruptedException {
    URI uri = URI.create(service.managementUrl() + "/q/health/well");
    try {
      return Optional.of(
          client
              .send(
                  HttpRequest.newBuilder(uri).timeout(SAID).build(),
                  HttpResponse.BodyHandlers.ofByteArray())
              .body());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private ExitCode print(Service service, JsonObject report) {
    String verdict = report.findString("verdict").orElse("COULD_NOT_BE_CHECKED");
    screen.result(
        String.format("%-16s %s   %s", service.name(), verdict.replace('_', ' '), checked(report)));
    report
        .list("differences")
        .forEach(difference -> screen.result("  ✖ " + difference(difference)));
    report.list("unchecked").forEach(reason -> screen.result("  ? " + text(reason)));
    return switch (verdict) {
      case "MATCHES" -> ExitCode.OK;
      case "CONTRADICTED" -> ExitCode.CONTRADICTED;
      default -> ExitCode.NOT_CHECKED;
    };
  }

  private ExitCode notChecked(Service service, String reason) {
    screen.result(String.format("%-16s COULD NOT BE CHECKED   %s", service.name(), reason));
    return ExitCode.NOT_CHECKED;
  }

  /// The counts, in whatever order the service gives them.
  private static String checked(JsonObject report) {
    return report.members().get("checked") instanceof JsonObject counts
        ? counts.members().entrySet().stream()
            .map(count -> text(count.getValue()) + " " + count.getKey())
            .collect(Collectors.joining(", "))
        : "";
  }

  private static String difference(Json difference) {
    if (!(difference instanceof JsonObject object)) {
      return text(difference);
    }
    StringBuilder place = new StringBuilder();
    for (String part : List.of("table", "row", "field", "pointer", "block", "index")) {
      object
          .find(part)
          .filter(value -> !(value instanceof Json.JsonNull))
          .ifPresent(
              value ->
                  place
                      .append(place.isEmpty() ? "" : ", ")
                      .append(part)
                      .append(' ')
                      .append(text(value)));
    }
    return place + ": " + object.findString("message").orElse("differs");
  }

  private static String text(Json value) {
    return switch (value) {
      case Json.JsonString string -> string.value();
      case JsonNumber number -> number.literal();
      default -> CanonicalJson.text(value);
    };
  }
}
