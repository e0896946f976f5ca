package dev.indelible.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// What many callers at once got done, and how long each waited.
///
/// @param rate operations per second of all callers together
/// @param latencies how long each operation took, in nanoseconds, ascending
record Load(Rate rate, List<Long> latencies) {
  private static final Duration WARM_UP = Duration.ofSeconds(3);
  private static final Duration MEASURED = Duration.ofSeconds(8);

  /// One caller's next operation.
  interface Caller {
    void call() throws Exception;
  }

  /// Runs `callers` at once, warms up, then measures.
  static Load of(List<Caller> callers) {
    round(callers, WARM_UP);
    return round(callers, MEASURED);
  }

  String percentile(int percent) {
    long nanos = latencies.get((int) ((latencies.size() - 1L) * percent / 100));
    return String.format("%.1f ms", nanos / 1e6);
  }

  private static Load round(List<Caller> callers, Duration duration) {
    List<Long> latencies = Collections.synchronizedList(new ArrayList<>());
    AtomicReference<Exception> failure = new AtomicReference<>();
    long start = System.nanoTime();
    long end = start + duration.toNanos();
    List<Thread> threads =
        callers.stream()
            .map(caller -> Thread.ofVirtual().start(() -> loop(caller, end, latencies, failure)))
            .toList();
    threads.forEach(Load::join);
    if (failure.get() != null) {
      throw new IllegalStateException("a call of the benchmark failed", failure.get());
    }
    Rate rate = new Rate(latencies.size() * 1e9 / (System.nanoTime() - start));
    Collections.sort(latencies);
    return new Load(rate, latencies);
  }

  private static void loop(
      Caller caller, long end, List<Long> latencies, AtomicReference<Exception> failure) {
    while (System.nanoTime() < end && failure.get() == null) {
      long before = System.nanoTime();
      try {
        caller.call();
      } catch (Exception e) {
        failure.compareAndSet(null, e);
      }
      latencies.add(System.nanoTime() - before);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
