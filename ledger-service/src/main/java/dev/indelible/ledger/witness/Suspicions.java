package dev.indelible.ledger.witness;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.witness.WitnessDialog.Outcome;
import dev.indelible.ledger.witness.WitnessDialog.Outcome.Forked;
import dev.indelible.ledger.witness.WitnessDialog.Outcome.Settled;
import dev.indelible.ledger.witness.WitnessDialog.Outcome.Suspected;
import dev.indelible.ledger.witness.WitnessDialog.Outcome.Unsettled;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/// Which witnesses of a log speak of another tree and show none. One of them may be broken, and
/// stops nothing: it is an alarm. They are believed when together they are those on whose word
/// everybody believes the log, a quorum of its policy.
final class Suspicions {
  private static final Logger LOG = Logger.getLogger(Suspicions.class);

  private final Log log;
  private final MeterRegistry meters;
  private final Map<String, String> reasons = new TreeMap<>();

  Suspicions(Log log, MeterRegistry meters) {
    this.log = log;
    this.meters = meters;
  }

  /// Takes note of what came of asking a witness.
  ///
  /// @return why the log must not be written, if that follows
  synchronized Optional<String> note(String witness, Outcome outcome) {
    return switch (outcome) {
      case Forked(String reason) -> Optional.of(reason);
      case Suspected(String reason) -> suspect(witness, reason);
      case Settled settled -> {
        reasons.remove(witness);
        yield Optional.empty();
      }
      case Unsettled unsettled -> Optional.empty();
    };
  }

  private Optional<String> suspect(String witness, String reason) {
    meters.counter("ledger.witness.suspicions", "log", log.name(), "witness", witness).increment();
    if (!reason.equals(reasons.put(witness, reason))) {
      LOG.errorf("log %s: %s", log.name(), reason);
    }
    if (!log.policy().isQuorum(reasons.keySet())) {
      return Optional.empty();
    }
    String all = String.join("; ", reasons.values());
    reasons.clear(); // Whoever lets the log go on wants to hear it anew.
    return Optional.of(all);
  }
}
