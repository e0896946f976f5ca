package dev.indelible.anchoring;

import dev.indelible.anchoring.OutboxStore.Backlog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/// How the relay of this process is doing, for health and metrics.
@ApplicationScoped
class RelayState {
  /// What an alarm is about.
  enum Alarm {
    /// The ledger takes nothing from us.
    FORBIDDEN,
    /// The ledger acknowledged an entry with a receipt that does not hold.
    BAD_RECEIPT,
    /// A later receipt of an entry that is in the log does not hold.
    BAD_RAISE,
    /// The relay itself fails.
    RELAY,
    /// Raising receipts fails, not the ledger but we.
    RAISING
  }

  private static final Logger LOG = Logger.getLogger(RelayState.class);

  private final Map<Alarm, String> alarms = new ConcurrentHashMap<>();
  private volatile Backlog backlog = new Backlog(0, null, 0, null);
  private final MeterRegistry meters;

  @Inject
  RelayState(MeterRegistry meters, Clock clock) {
    this.meters = meters;
    Gauge.builder("anchoring_outbox_depth", () -> backlog.depth()).register(meters);
    Gauge.builder("anchoring_outbox_held", () -> backlog.held()).register(meters);
    Gauge.builder("anchoring_outbox_age_seconds", () -> age(clock).toSeconds()).register(meters);
    Gauge.builder("anchoring_alarms", alarms, Map::size).register(meters);
  }

  private Duration age(Clock clock) {
    Instant oldest = backlog.oldest();
    return oldest == null ? Duration.ZERO : Duration.between(oldest, clock.instant());
  }

  /// Counts an attempt by its result.
  void count(String result) {
    meters.counter("anchoring_append", "result", result).increment();
  }

  /// Something a person has to look at. Said once in the log, and in health until it is over.
  void raise(Alarm alarm, String reason) {
    if (!reason.equals(alarms.put(alarm, reason))) {
      LOG.error("anchoring alarm " + alarm + ": " + reason);
    }
  }

  /// That is over.
  void clear(Alarm alarm) {
    if (alarms.remove(alarm) != null) {
      LOG.info("anchoring alarm " + alarm + " is over");
    }
  }

  Map<Alarm, String> alarms() {
    return Map.copyOf(alarms);
  }

  void backlog(Backlog seen) {
    backlog = seen;
  }

  Backlog backlog() {
    return backlog;
  }
}
