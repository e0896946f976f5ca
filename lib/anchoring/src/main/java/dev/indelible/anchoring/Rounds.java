package dev.indelible.anchoring;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/// A thread that does the same work in rounds: at once while a round says that there is more to do,
/// else after a rest or when woken.
final class Rounds {
  private static final Logger LOG = Logger.getLogger(Rounds.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Duration rest;
  private final BooleanSupplier round;
  private final Semaphore wake = new Semaphore(0);
  private final Thread thread;
  private volatile boolean stopped;

  /// @param round one round, which throws nothing
  Rounds(String name, Duration rest, BooleanSupplier round) {
    this.rest = rest;
    this.round = round;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  void wake() {
    wake.release();
  }

  /// Lets no other round begin.
  void stop() {
    stopped = true;
    wake.release();
  }

  boolean isStopped() {
    return stopped;
  }

  /// Lets the round at hand finish, but not for long. Interrupted in the middle of a call, it
  /// forgets the answer, and its transaction is rolled back.
  void awaitEnd() throws InterruptedException {
    if (!thread.join(PATIENCE)) {
      thread.interrupt();
      var ended = thread.join(PATIENCE);
      LOG.debugf("%s ended: %s", thread.getName(), ended);
    }
  }

  private void run() {
    while (!stopped) {
      try {
        if (!round.getAsBoolean()) {
          // One permit or a hundred: the next round sees everything that was committed before it.
          var woken = wake.tryAcquire(rest.toMillis(), TimeUnit.MILLISECONDS);
          wake.drainPermits();
          LOG.tracef("%s %s", thread.getName(), woken ? "woken" : "rested");
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}
