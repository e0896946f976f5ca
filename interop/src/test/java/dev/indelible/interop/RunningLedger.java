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

/// The real system with a few claims in its log, once for all tests of this module. Ends with the
/// JVM.
final class RunningLedger {
  private static final int CLAIMS = 9;

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
      long before = LOG.head().size();
      for (int i = 0; i < CLAIMS; i++) {
        submit(i);
      }
      await(before + CLAIMS);
    }

    private static void submit(int number) {
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
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(STACK.claims().getFirst().url() + "/v1/claims"))
              .timeout(Duration.ofSeconds(60))
              .header("Authorization", "Bearer " + STACK.tokens().ofUser("alder"))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(claim))
              .build();
      try (HttpClient http = HttpClient.newHttpClient()) {
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 202) {
          throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    /// Two minutes are no measure of speed, only an end.
    private static void await(long size) {
      long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
      while (LOG.head().size() < size) {
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
}
