package dev.indelible.ledger.key;

import dev.indelible.ledger.Generation;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.block.SelfCheckException;
import dev.indelible.ledger.proof.LogReader;
import dev.indelible.transparency.note.VerifierKey;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.List;
import org.jboss.logging.Logger;

/// Compares keys and policy with what the logs say, before anything is written: who lacks a key in
/// force could not sign, and under a policy without a key of the past old receipts would not
/// verify.
@ApplicationScoped
class KeyStart {
  private static final Logger LOG = Logger.getLogger(KeyStart.class);

  private final Logs logs;
  private final LogKeySource keys;
  private final LogReader reader;

  KeyStart(Logs logs, LogKeySource keys, LogReader reader) {
    this.logs = logs;
    this.keys = keys;
    this.reader = reader;
  }

  void check(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent event) {
    for (Log log : logs.all()) {
      try {
        check(log);
      } catch (SelfCheckException e) {
        // Somebody changed a row. The writer will freeze the log; reading and audit go on.
        LOG.error(e.getMessage());
      }
    }
  }

  void check(Log log) {
    long size = reader.sealed(log);
    List<Integer> signing = numbers(log.keys().signing(size));
    LOG.infof(
        "log %s: keys of generations %s here, %s sign",
        log.name(), numbers(log.keys().held()), signing);
    for (KeyTerm term : keys.stored(log).history(size).terms()) {
      for (VerifierKey key : term.keys()) {
        if (!log.policy().logKeys(log.origin()).contains(key)) {
          throw new IllegalStateException(
              "the policy lacks a key of generation %d: log %s"
                  .formatted(term.generation(), key.vkey()));
        }
      }
    }
  }

  private static List<Integer> numbers(List<Generation> generations) {
    return generations.stream().map(Generation::number).toList();
  }
}
