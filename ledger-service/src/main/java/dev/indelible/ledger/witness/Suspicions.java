package dev.indelible.ledger.witness;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.witness.WitnessDialog.Word;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
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
  synchronized Optional<String> note(String witness, Word word) {
    return switch (word) {
      case Word.Proves(String reason) -> Optional.of(reason);
      case Word.Doubts(String reason) -> suspect(witness, reason);
      case Word.Agrees agrees -> {
        reasons.remove(witness);
        yield Optional.empty();
      }
      case Word.Silent silent -> Optional.empty();
    };
  }

  private Optional<String> suspect(String witness, String reason) {
    meters.counter("ledger.witness.suspicions", "log", log.name(), "witness", witness).increment();
    if (!reason.equals(reasons.put(witness, reason))) {
      LOG.errorf("log %s: %s", log.name(), reason);
    }
    if (!areBelieved(log.policy()::isQuorum, reasons.keySet())) {
      return Optional.empty();
    }
    String all = String.join("; ", reasons.values());
    reasons.clear(); // Whoever lets the log go on wants to hear it anew.
    return Optional.of(all);
  }

  /// Whether witnesses that show nothing are believed. Where the policy asks for nobody, nobody is.
  ///
  /// @param isQuorum whether the policy is content with these witnesses
  static boolean areBelieved(Predicate<Set<String>> isQuorum, Set<String> doubting) {
    return !isQuorum.test(Set.of()) && isQuorum.test(doubting);
  }
}
