package dev.indelible.anchoring.audit;

import dev.indelible.kit.audit.AuditReport;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/// Runs the audit on a schedule and on demand, one at a time, and shows the last report in metrics.
@ApplicationScoped
class Audits {
  private static final Logger LOG = Logger.getLogger(Audits.class);

  private static final int LOGGED = 20;

  /// A report and when it was made.
  record Last(AuditReport report, Instant time) {}

  private final RecordAudit audit;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Optional<Last> last = Optional.empty();

  @Inject
  Audits(RecordAudit audit, MeterRegistry meters, Clock clock) {
    this.audit = audit;
    this.clock = clock;
    Gauge.builder("anchoring_audit_differences", this::differences).register(meters);
    Gauge.builder("anchoring_audit_time_seconds", this::time).register(meters);
  }

  @Scheduled(
      every = "${indelible.anchoring.audit-every:10m}",
      delayed = "60s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void scheduled() {
    var ignored = run();
  }

  AuditReport run() {
    lock.lock();
    try {
      AuditReport report = audit.run();
      last = Optional.of(new Last(report, clock.instant()));
      report.differences().stream().limit(LOGGED).forEach(LOG::error);
      return report;
    } finally {
      lock.unlock();
    }
  }

  private int differences() {
    return last.map(seen -> seen.report().differences().size()).orElse(0);
  }

  private long time() {
    return last.map(seen -> seen.time().getEpochSecond()).orElse(0L);
  }

  /// The last report, if there has been one since the start.
  Optional<Last> last() {
    return last;
  }
}
