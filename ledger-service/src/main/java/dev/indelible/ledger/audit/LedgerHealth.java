package dev.indelible.ledger.audit;

import dev.indelible.kit.audit.AuditReport;
import dev.indelible.kit.audit.Progress;
import dev.indelible.kit.audit.Verdict;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.log.Sequencers;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/// Whether the logs are well: none frozen or waiting for its witnesses, and nothing that the last
/// audit reported. Neither a liveness nor a readiness check, since a restart would cure nothing and
/// reading goes on.
@Wellness
@ApplicationScoped
class LedgerHealth implements HealthCheck {
  private final Logs logs;
  private final Sequencers sequencers;
  private final LedgerAudit audit;
  private final Progress progress;

  LedgerHealth(Logs logs, Sequencers sequencers, LedgerAudit audit, Progress progress) {
    this.logs = logs;
    this.sequencers = sequencers;
    this.audit = audit;
    this.progress = progress;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("logs");
    boolean well = true;
    for (Log log : logs.all()) {
      Optional<String> halted = sequencers.halted(log);
      Optional<String> waits = sequencers.unheard(log).map(why -> "waits for witnesses: " + why);
      response.withData(log.name(), halted.or(() -> waits).orElse("open"));
      well &= halted.isEmpty() && waits.isEmpty();
    }
    Optional<Verdict> verdict = audit.latest().map(AuditReport::verdict);
    response.withData("audit", verdict.map(Verdict::name).orElse("not run yet"));
    progress
        .now()
        .ifPresent(
            part ->
                response
                    .withData("part", part.what())
                    .withData("done", part.done())
                    .withData("of", part.of()));
    well &= !verdict.equals(Optional.of(Verdict.CONTRADICTED));
    return response.status(well).build();
  }
}
