package dev.indelible.e2e;

import java.util.Collection;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// One thing done to many at the same time: a refusal lingers for a second before it ends its
/// connection, and refusals can linger side by side.
final class AtOnce {
  private AtOnce() {}

  /// Returns when it is done to all of them; throws what one of them threw.
  static <T> void each(Collection<T> all, Consumer<T> what) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls = all.stream().map(one -> Executors.callable(() -> what.accept(one))).toList();
      for (Future<Object> done : threads.invokeAll(calls)) {
        if (done.state() == Future.State.FAILED) {
          Throwable failure = done.exceptionNow();
          throw new AssertionError(failure.getMessage(), failure);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
