package dev.indelible.e2e;

import dev.indelible.local.testing.Api;
import dev.indelible.local.testing.Samples;
import io.restassured.http.ContentType;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// An insurer that files claims from several threads, each one after the other, until it is closed.
final class Filing implements AutoCloseable {
  private final Api api;
  private final Supplier<String> token;
  private final AtomicInteger filed = new AtomicInteger();
  private final List<String> refusals = new CopyOnWriteArrayList<>();
  private final List<Thread> threads;
  private volatile boolean closed;

  private Filing(Api api, int threads, Supplier<String> token) {
    this.api = api;
    this.token = token;
    this.threads =
        IntStream.range(0, threads)
            .mapToObj(i -> Thread.ofVirtual().name("filing " + i).unstarted(this::run))
            .toList();
  }

  /// @param token asked for before every claim
  static Filing of(Api api, int threads, Supplier<String> token) {
    Filing filing = new Filing(api, threads, token);
    filing.threads.forEach(Thread::start);
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
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
