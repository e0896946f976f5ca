package dev.indelible.anchoring;

import dev.indelible.anchoring.OutboxStore.Backlog;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/// Whether statements reach the log. Wellness and not readiness: a service whose ledger is down
/// still takes records.
@Wellness
@ApplicationScoped
class AnchoringHealth implements HealthCheck {
  private final RelayState state;

  @Inject
  AnchoringHealth(RelayState state) {
    this.state = state;
  }

  @Override
  public HealthCheckResponse call() {
    Backlog backlog = state.backlog();
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("anchoring")
            .withData("waiting", backlog.depth())
            .withData("held", backlog.held())
            .status(state.alarms().isEmpty() && backlog.held() == 0);
    state.alarms().forEach((alarm, reason) -> response.withData(alarm.name(), reason));
    String lastError = backlog.lastError();
    if (lastError != null) {
      response.withData("lastError", lastError);
    }
    return response.build();
  }
}
