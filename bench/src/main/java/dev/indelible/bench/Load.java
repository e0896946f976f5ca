package dev.indelible.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/// What many callers at once got done, and how long each waited.
///
/// @param rate entries per second of all callers together
/// @param latencies how long each operation took, in nanoseconds, ascending
record Load(Rate rate, List<Long> latencies) {
  private static final Duration WARM_UP = Duration.ofSeconds(15);
  private static final Duration MEASURED = Duration.ofSeconds(10);

  /// One caller's next operation.
  interface Caller {
    /// Does it, and says how many entries it was.
    int call() throws Exception;
  }

  /// How long a round lasts, and how much of it may be used.
  ///
  /// @param perSecond operations of all callers together; 0 for as many as there is time for
  record Pace(Duration duration, double perSecond) {}

  private record Done(long entries, List<Long> latencies) {}

  /// Runs `callers` at once, as fast as they can: warms up, then measures.
  static Load of(List<Caller> callers) {
    return at(callers, 0);
  }

  /// Runs `callers` at once, so that together they begin so many operations a second. An operation
  /// that begins late counts from when it should have begun.
  static Load at(List<Caller> callers, double perSecond) {
    var ignored = round(callers, new Pace(WARM_UP, perSecond));
    return round(callers, new Pace(MEASURED, perSecond));
  }

  String percentile(double percent) {
    if (latencies.isEmpty()) {
      return "-";
    }
    long nanos = latencies.get((int) ((latencies.size() - 1L) * percent / 100));
    return String.format("%.1f ms", nanos / 1e6);
  }

  static Load round(List<Caller> callers, Pace pace) {
    AtomicReference<Exception> failure = new AtomicReference<>();
    List<Done> done = Collections.synchronizedList(new ArrayList<>());
    long start = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < callers.size(); i++) {
      Caller caller = callers.get(i);
      double step = pace.perSecond() == 0 ? 0 : callers.size() * 1e9 / pace.perSecond();
      Schedule schedule =
          new Schedule(start, start + pace.duration().toNanos(), step, i * step / callers.size());
      threads.add(Thread.ofVirtual().start(() -> done.add(loop(caller, schedule, failure))));
    }
    threads.forEach(Load::join);
    if (failure.get() != null) {
      throw new IllegalStateException("a call of the benchmark failed", failure.get());
    }
    long entries = done.stream().mapToLong(Done::entries).sum();
    List<Long> latencies = done.stream().flatMap(one -> one.latencies().stream()).sorted().toList();
    return new Load(new Rate(entries * 1e9 / (System.nanoTime() - start)), latencies);
  }

  /// When a caller's operations should begin; a step of 0 means at once.
  private record Schedule(long start, long end, double step, double offset) {
    long due(int number) {
      return step == 0 ? System.nanoTime() : start + (long) (offset + number * step);
    }
  }

  private static Done loop(Caller caller, Schedule schedule, AtomicReference<Exception> failure) {
    List<Long> latencies = new ArrayList<>();
    long entries = 0;
    for (int number = 0; failure.get() == null; number++) {
      long due = schedule.due(number);
      if (due >= schedule.end()) {
        break;
      }
      LockSupport.parkNanos(due - System.nanoTime());
      try {
        entries += caller.call();
      } catch (Exception e) {
        failure.compareAndSet(null, e);
      }
      latencies.add(System.nanoTime() - due);
    }
    return new Done(entries, latencies);
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
