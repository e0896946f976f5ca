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
import org.jboss.logging.Logger;

/// The outbox's only reader: one thread of each process, of which a database lock lets one work at
/// a time. Sends what waits, whichever organisation's, takes the steps of those who wait for
/// receipts, then rests until woken.
///
/// A second thread under a lock of its own raises receipts to `witnessed` meanwhile: however much
/// waits to be sent, and whatever it waits for.
@ApplicationScoped
class AnchorRelay {
  private static final Logger LOG = Logger.getLogger(AnchorRelay.class);

  /// The longest that receipts rest, witnesses being quicker than that.
  private static final Duration RAISED = Duration.ofSeconds(1);

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
  private final Rounds sending;
  private final Rounds raising;
  private volatile boolean unhurried;
  private long countAt = System.nanoTime();

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
    Duration rest = config.rest();
    this.sending = new Rounds("anchor-relay", rest, () -> RowScope.all(this::send));
    this.raising =
        new Rounds(
            "receipt-relay",
            rest.compareTo(RAISED) < 0 ? rest : RAISED,
            () -> RowScope.all(this::raise));
  }

  void start(@Observes StartupEvent event) {
    sending.start();
    raising.start();
  }

  /// A row whose answer was forgotten stays and is sent again, which the ledger answers with the
  /// same bytes.
  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    raising.stop();
    sending.stop();
    sending.awaitEnd();
    raising.awaitEnd();
  }

  /// After commit only: before it, the row is not there to be read, and may never be. With the
  /// ledger away nothing hurries the relay, or each record that comes in would have it look in
  /// vain.
  void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) Enqueued event) {
    if (!unhurried) {
      sending.wake();
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

  /// Whether there may be more to send at once.
  private boolean send() {
    try {
      Next next = send.oldest();
      unhurried = next == Next.RESTED;
      boolean sent = next == Next.NOW;
      boolean stepped = !steps.isEmpty() && steps.advance();
      if (!sent) {
        count();
      }
      state.clear(Alarm.RELAY);
      return sent || stepped;
    } catch (RuntimeException e) {
      return failed(Alarm.RELAY, e);
    }
  }

  /// Whether there may be more to raise at once.
  private boolean raise() {
    try {
      boolean more = raise.oldest();
      state.clear(Alarm.RAISING);
      return more;
    } catch (RuntimeException e) {
      return failed(Alarm.RAISING, e);
    }
  }

  /// The database is away, or an observer threw: nothing was committed, so nothing is lost.
  private boolean failed(Alarm alarm, RuntimeException e) {
    if (!sending.isStopped()) {
      state.raise(alarm, e.toString());
      LOG.debug("the relay failed", e);
    }
    return false;
  }
}
