package dev.indelible.anchoring.audit;

import dev.indelible.kit.audit.AuditReport;
import dev.indelible.kit.audit.Progress;
import dev.indelible.kit.audit.Verdict;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/// The last audit's verdict, and how far the one at hand is. Wellness and not readiness: a
/// contradicted service has to answer who asks it why.
@Wellness
@ApplicationScoped
class AuditHealth implements HealthCheck {
  private final Audits audits;
  private final Progress progress;

  @Inject
  AuditHealth(Audits audits, Progress progress) {
    this.audits = audits;
    this.progress = progress;
  }

  @Override
  public HealthCheckResponse call() {
    Optional<Audits.Last> last = audits.last();
    HealthCheckResponseBuilder response = HealthCheckResponse.named("audit");
    last.ifPresent(
        seen ->
            response
                .withData("verdict", seen.report().verdict().name())
                .withData("differences", seen.report().differences().size())
                .withData("time", seen.time().toString()));
    progress
        .now()
        .ifPresent(
            part ->
                response
                    .withData("part", part.what())
                    .withData("done", part.done())
                    .withData("of", part.of()));
    Verdict verdict =
        last.map(Audits.Last::report).map(AuditReport::verdict).orElse(Verdict.MATCHES);
    return response.status(verdict != Verdict.CONTRADICTED).build();
  }
}
