package dev.indelible.ledger.audit;

import dev.indelible.kit.audit.Verdict;
import dev.indelible.ledger.LedgerConfig;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/// Runs the audit now and then, so that nobody has to ask.
@ApplicationScoped
class ScheduledAudit {
  private static final Logger LOG = Logger.getLogger(ScheduledAudit.class);

  private final LedgerAudit audit;
  private final LedgerConfig config;

  ScheduledAudit(LedgerAudit audit, LedgerConfig config) {
    this.audit = audit;
    this.config = config;
  }

  @Scheduled(
      every = "{indelible.ledger.audit-every}",
      delayed = "30s",
      concurrentExecution = ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  void run() throws InterruptedException {
    if (audit.entries() > config.auditEntries()) {
      LOG.infof("the logs hold more than %d entries: audit on request", config.auditEntries());
      return;
    }
    var report = audit.run();
    if (report.verdict() == Verdict.CONTRADICTED) {
      LOG.errorf("the audit found %d differences", report.differences().size());
      report.differences().stream().limit(10).forEach(LOG::error);
    }
  }
}
