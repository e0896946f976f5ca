package dev.indelible.e2e;

import dev.indelible.local.testing.Api;
import dev.indelible.local.testing.Samples;
import io.restassured.http.ContentType;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// An insurer that files one claim after the other, until it is closed.
final class Filing implements AutoCloseable {
  private final Api api;
  private final Supplier<String> token;
  private final AtomicInteger filed = new AtomicInteger();
  private final List<String> refusals = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile boolean closed;

  private Filing(Api api, Supplier<String> token) {
    this.api = api;
    this.token = token;
    this.thread = Thread.ofVirtual().name("filing").unstarted(this::run);
  }

  /// @param token asked for before every claim
  static Filing of(Api api, Supplier<String> token) {
    Filing filing = new Filing(api, token);
    filing.thread.start();
    return filing;
  }

  int filed() {
    return filed.get();
  }

  /// What was said to claims that were not taken.
  List<String> refusals() {
    return List.copyOf(refusals);
  }

  private void run() {
    while (!closed) {
      var answer =
          Api.anyone(api.claims())
              .auth()
              .oauth2(token.get())
              .contentType(ContentType.JSON)
              .body(Samples.claim(Samples.fresh("CLM"), Samples.fresh("TEST"), 64_000))
              .post("/v1/claims");
      if (answer.statusCode() == 202) {
        filed.incrementAndGet();
      } else {
        refusals.add(answer.statusCode() + " " + answer.asString());
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.join();
  }
}
