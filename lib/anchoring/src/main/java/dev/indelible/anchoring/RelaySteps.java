package dev.indelible.anchoring;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;

/// All that the relay does beside sending.
@ApplicationScoped
class RelaySteps {
  private final OutboxStore outbox;
  private final List<RelayStep> steps;

  @Inject
  RelaySteps(OutboxStore outbox, @All List<RelayStep> steps) {
    this.outbox = outbox;
    this.steps = List.copyOf(steps);
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  /// Takes the first step that is due, if no other process is at work.
  @ActivateRequestContext
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  boolean advance() {
    return outbox.tryLock() && steps.stream().anyMatch(RelayStep::advance);
  }
}
