package dev.indelible.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.indelible.local.Stack;
import dev.indelible.transparency.canonical.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// One caller of the claims-service for one insurer, with a connection of its own. Its requests are
/// made before the round, proofs and all: what a round measures is what the service does with them.
final class Insurer implements AutoCloseable {
  private static final AtomicLong NUMBER = new AtomicLong(System.currentTimeMillis());

  private final Stack stack;
  private final Wire wire;
  private final Work work;
  private final Clock clock = Clock.systemUTC();
  private final Deque<Request> ready = new ArrayDeque<>();
  private final String claim;
  private int called;

  /// What callers do.
  enum Work {
    /// One claim each time, another one each time.
    SUBMIT,
    /// The same claim each time.
    READ
  }

  private record Request(String method, String path, String headers, String body) {}

  Insurer(Stack stack, Work work) {
    this.stack = stack;
    this.work = work;
    try {
      this.wire = new Wire(URI.create(stack.claims().getFirst().url()));
      this.claim = work == Work.READ ? submitted() : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String submitted() throws IOException {
    String body = answered(submission(false), 202);
    return JsonReader.readObject(body.getBytes(UTF_8)).findString("id").orElseThrow();
  }

  /// Makes requests for the next round: a third more than in the last, in which they may run out.
  /// They have to be used within a minute.
  void prepare(boolean bound) {
    ready.clear();
    for (int most = called + called / 3 + 8; ready.size() < most; ) {
      ready.add(request(bound));
    }
    called = 0;
  }

  /// The next request. Made now, if the round goes better than thought.
  int call(boolean bound) throws IOException {
    Request next = ready.poll();
    var ignored = answered(next == null ? request(bound) : next, work == Work.SUBMIT ? 202 : 200);
    called++;
    return 1;
  }

  private Request request(boolean bound) {
    return work == Work.SUBMIT
        ? submission(bound)
        : request("GET", "/v1/claims/" + claim, "", bound);
  }

  private Request submission(boolean bound) {
    long number = NUMBER.incrementAndGet();
    String body =
        """
        {"claimNumber": "BENCH-%1$d", "use": "claim", "type": "professional",
         "member": {"system": "urn:example:member", "value": "TEST-%1$d"},
         "provider": {"system": "http://hl7.org/fhir/sid/us-npi", "value": "1999999984"},
         "total": {"minor": 64000, "currency": "USD"},
         "lines": [{"sequence": 1, "code": {"system": "https://www.cms.gov/hcpcs", "code": "E0601"},
                    "serviced": {"from": "2026-03-14"}, "quantity": "1", "netMinor": 64000}]}
        """
            .formatted(number);
    return request("POST", "/v1/claims", body, bound);
  }

  private Request request(String method, String path, String body, boolean bound) {
    return new Request(method, path, bound ? proven(method, path) : bearer(), body);
  }

  private String bearer() {
    return "Authorization: Bearer " + stack.tokens().ofUser("alder") + "\r\n";
  }

  private String proven(String method, String path) {
    URI uri = URI.create(stack.claims().getFirst().url() + path);
    StringBuilder lines = new StringBuilder();
    stack
        .tokens()
        .ofMachine("alder-system", Set.of())
        .headers(method, uri, clock.instant())
        .forEach((name, value) -> lines.append(name).append(": ").append(value).append("\r\n"));
    return lines.toString();
  }

  private String answered(Request request, int status) throws IOException {
    var answer =
        wire.send(
            request.method(), request.path(), request.headers(), request.body().getBytes(UTF_8));
    if (answer.status() != status) {
      throw new IOException(
          request.method() + " answered " + answer.status() + ": " + answer.body());
    }
    return answer.body();
  }

  @Override
  public void close() {
    try {
      wire.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
