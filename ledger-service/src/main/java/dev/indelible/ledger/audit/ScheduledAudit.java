package dev.indelible.ledger.audit;

import dev.indelible.kit.audit.AuditReport;
import dev.indelible.kit.audit.Verdict;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.log.Contradicted;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.sql.SQLException;
import org.jboss.logging.Logger;

/// The audit that never ends: now and then the next blocks of each log, so that nobody has to ask,
/// at a rate that no log is too large for. Where it stands is in the database, so that a restart
/// does not begin again. A log that contradicts itself is frozen. One that was frozen when it was
/// looked at is left as it is: what was found there may have been repaired since, and whoever let
/// the log be written again is not overruled by what was seen before.
@ApplicationScoped
class ScheduledAudit {
  private static final Logger LOG = Logger.getLogger(ScheduledAudit.class);

  private final Logs logs;
  private final LedgerAudit audit;
  private final Event<Contradicted> contradicted;

  ScheduledAudit(Logs logs, LedgerAudit audit, Event<Contradicted> contradicted) {
    this.logs = logs;
    this.audit = audit;
    this.contradicted = contradicted;
  }

  @Scheduled(
      every = "{indelible.ledger.audit-every}",
      delayed = "{indelible.ledger.audit-after}",
      concurrentExecution = ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  void run() throws InterruptedException, SQLException {
    for (Log log : logs.all()) {
      LedgerAudit.Slice slice = audit.slice(log);
      AuditReport report = slice.report();
      if (report.verdict() == Verdict.CONTRADICTED) {
        report.differences().stream().limit(10).forEach(LOG::error);
        int count = report.differences().size();
        String first = report.differences().getFirst().toString();
        if (!slice.frozen()) {
          contradicted.fire(
              new Contradicted(log, "the audit found %d differences: %s".formatted(count, first)));
        }
      }
    }
  }
}
