package dev.indelible.interop;

import dev.indelible.local.Shape;
import dev.indelible.local.Stack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The real system with some hundred claims in its log, once for all tests of this module. Ends
/// with the JVM.
final class RunningLedger {
  /// More than fill a tile, so that there are full and partial ones, and a second level.
  private static final int CLAIMS = 300;

  private RunningLedger() {}

  static LiveLog log() {
    return Holder.LOG;
  }

  static Stack stack() {
    return Holder.STACK;
  }

  private static final class Holder {
    static final Stack STACK = Stack.start(Shape.STANDARD.withTrials(0));
    static final LiveLog LOG = new LiveLog(STACK.ledger().url(), "claims", STACK.policy());

    static {
      fill(STACK, LOG);
    }
  }

  /// Outside the holder: threads of ours that needed it would wait for its initialisation, and it
  /// for them.
  private static void fill(Stack stack, LiveLog log) {
    long before = log.head().size();
    URI claims = URI.create(stack.claims().getFirst().url() + "/v1/claims");
    String token = stack.tokens().ofUser("alder");
    try (HttpClient http = HttpClient.newHttpClient();
        ExecutorService clients = Executors.newFixedThreadPool(8)) {
      List<Future<?>> submitted = new ArrayList<>();
      for (int i = 0; i < CLAIMS; i++) {
        HttpRequest claim = claim(claims, i, token);
        submitted.add(clients.submit(() -> submit(http, claim)));
      }
      for (Future<?> one : submitted) {
        var ignored = one.get();
      }
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    await(log, before + CLAIMS);
  }

  private static HttpRequest claim(URI claims, int number, String token) {
    String claim =
        """
          {"claimNumber": "CLM-%d", "use": "claim", "type": "professional",
           "member": {"system": "urn:example:member", "value": "TEST-%d"},
           "provider": {"system": "http://hl7.org/fhir/sid/us-npi", "value": "1999999984"},
           "total": {"minor": 100, "currency": "USD"},
           "lines": [{"sequence": 1, "code": {"system": "https://www.cms.gov/hcpcs", "code": "E0601"},
                      "serviced": {"from": "2026-03-14"}, "quantity": "1", "netMinor": 100}]}
          """
            .formatted(number, number);
    return HttpRequest.newBuilder(claims)
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(claim))
        .build();
  }

  private static void submit(HttpClient http, HttpRequest claim) {
    try {
      var answer = http.send(claim, BodyHandlers.ofString());
      if (answer.statusCode() != 202) {
        throw new AssertionError(answer.statusCode() + " " + answer.body());
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Two minutes are no measure of speed, only an end.
  private static void await(LiveLog log, long size) {
    long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (log.head().size() < size) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("the log did not grow to " + size);
      }
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
