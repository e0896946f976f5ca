package dev.indelible.local.command;

import dev.indelible.local.KeyRing;
import dev.indelible.local.LocalException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/// Shows the keys of a log and changes them, in three steps that everybody who verifies can follow:
/// make the next ones and hand out the policy, announce them, retire the old ones.
final class Keys {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Installation installation;
  private final Screen screen;

  Keys(Installation installation, Screen screen) {
    this.installation = installation;
    this.screen = screen;
  }

  ExitCode run(List<String> words) throws IOException {
    if (words.size() == 1) {
      return send(request(words.getFirst(), "").GET());
    }
    String what = words.size() > 1 ? words.get(1) : "";
    boolean numbered = words.size() == 3 && words.get(2).matches("[1-9][0-9]{0,5}");
    if (what.equals("next") && words.size() == 2) {
      return next(words.getFirst());
    }
    if (numbered && (what.equals("announce") || what.equals("retire"))) {
      String body = "{\"generation\": " + words.get(2) + "}";
      return send(
          request(words.getFirst(), "/" + what)
              .header("Authorization", "Bearer " + installation.stack().tokens().fresh("operator"))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body)));
    }
    throw new WrongUse("keys takes a log, then next, or announce or retire and a number");
  }

  private ExitCode next(String log) {
    int generation = KeyRing.of(installation.home()).makeNextLogKeys(log);
    screen.done("keys of generation " + generation + " of " + log + " are made");
    screen.result("./indelible down && ./indelible up     # a new policy, which names them");
    screen.result("./indelible keys " + log + " announce " + generation);
    return ExitCode.OK;
  }

  private HttpRequest.Builder request(String log, String path) {
    String keys = installation.stack().ledger().url() + "/v1/logs/" + log + "/keys";
    return HttpRequest.newBuilder(URI.create(keys + path)).timeout(PATIENCE);
  }

  private ExitCode send(HttpRequest.Builder request) throws IOException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new LocalException(
            "The ledger answered " + answer.statusCode() + ": " + answer.body(),
            "./indelible keys claims");
      }
      screen.result(answer.body());
      return ExitCode.OK;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.NOT_CHECKED;
    }
  }
}
