package dev.indelible.anchoring;

import dev.indelible.anchoring.RelayState.Alarm;
import dev.indelible.anchoring.SendOldest.Next;
import dev.indelible.anchoring.scope.RowScope;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// The outbox's only reader: one thread of each process, of which a database lock lets one work at
/// a time. Sends what waits, whichever organisation's, takes the steps of those who wait for
/// receipts, raises receipts to `witnessed`, then rests until woken.
@ApplicationScoped
class AnchorRelay {
  private static final Logger LOG = Logger.getLogger(AnchorRelay.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /// How often the outbox is counted at most.
  private static final Duration COUNTED = Duration.ofSeconds(1);

  /// To count takes one part in so many of the time: the outbox grows with the ledger away, and
  /// after some minutes of 900 submissions a second, one count took PostgreSQL a third of a second.
  private static final int COUNTING_SHARE = 100;

  private final SendOldest send;
  private final RaiseReceipts raise;
  private final RelaySteps steps;
  private final OutboxStore outbox;
  private final RelayState state;
  private final AnchoringConfig config;
  private final Semaphore wake = new Semaphore(0);
  private volatile boolean stopped;
  private volatile boolean unhurried;
  private long countAt = System.nanoTime();
  private final Thread thread = Thread.ofVirtual().name("anchor-relay").unstarted(this::run);

  @Inject
  AnchorRelay(
      SendOldest send,
      RaiseReceipts raise,
      RelaySteps steps,
      OutboxStore outbox,
      RelayState state,
      AnchoringConfig config) {
    this.send = send;
    this.raise = raise;
    this.steps = steps;
    this.outbox = outbox;
    this.state = state;
    this.config = config;
  }

  void start(@Observes StartupEvent event) {
    thread.start();
  }

  /// Lets the call at hand finish, but not for long. Interrupted in the middle of it, the relay
  /// forgets the answer; the row stays and is sent again, which the ledger answers with the same
  /// bytes.
  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopped = true;
    wake.release();
    if (!thread.join(PATIENCE)) {
      thread.interrupt();
      var ended = thread.join(PATIENCE);
      LOG.debugf("relay ended: %s", ended);
    }
  }

  /// After commit only: before it, the row is not there to be read, and may never be. With the
  /// ledger away nothing hurries the relay, or each record that comes in would have it look in
  /// vain.
  void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) Enqueued event) {
    if (!unhurried) {
      wake.release();
    }
  }

  private void run() {
    while (!stopped) {
      try {
        if (!RowScope.all(this::work)) {
          // One permit or a hundred: the next round sees everything that was committed before it.
          var woken = wake.tryAcquire(config.rest().toMillis(), TimeUnit.MILLISECONDS);
          wake.drainPermits();
          LOG.tracef("relay %s", woken ? "woken" : "rested");
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void count() {
    long begun = System.nanoTime();
    if (begun - countAt >= 0) {
      state.backlog(outbox.backlog());
      long took = System.nanoTime() - begun;
      countAt = begun + Math.max(COUNTED.toNanos(), COUNTING_SHARE * took);
    }
  }

  /// Whether there may be more to do at once.
  private boolean work() {
    try {
      Next next = send.oldest();
      unhurried = next == Next.RESTED;
      boolean sent = next == Next.NOW;
      boolean stepped = !steps.isEmpty() && steps.advance();
      boolean raised = !sent && raise.oldest();
      if (!sent) {
        count();
      }
      state.clear(Alarm.RELAY);
      return sent || stepped || raised;
    } catch (RuntimeException e) {
      // The database is away, or an observer threw: nothing was committed, so nothing is lost.
      if (!stopped) {
        state.raise(Alarm.RELAY, e.toString());
        LOG.debug("the relay failed", e);
      }
      return false;
    }
  }
}
