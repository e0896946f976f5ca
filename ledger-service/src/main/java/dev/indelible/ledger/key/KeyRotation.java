package dev.indelible.ledger.key;

import dev.indelible.kit.problem.Rejection;
import dev.indelible.ledger.Generation;
import dev.indelible.ledger.LedgerProblem;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.log.LogStatements;
import dev.indelible.ledger.log.Submission;
import dev.indelible.ledger.proof.LogReader;
import dev.indelible.transparency.statement.Opening;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/// What an operator lets a log say about its keys. Nothing is changed here: the entry changes it,
/// once it is in the log.
@ApplicationScoped
public class KeyRotation {
  private final LogKeySource keys;
  private final LogReader reader;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  KeyRotation(LogKeySource keys, LogReader reader, Clock clock) {
    this.keys = keys;
    this.reader = reader;
    this.clock = clock;
  }

  /// What the log has said of its keys so far.
  public KeyHistory history(Log log) {
    return keys.stored(log).history(reader.sealed(log));
  }

  /// The entry by which generation `number` begins to sign.
  ///
  /// @throws Rejection when that is not the next one, or its keys are not here
  public Submission announcement(Log log, int number) {
    List<KeyTerm> inForce = inForce(log);
    int next = history(log).terms().size() + 1;
    require(inForce.size() == 1, "A rotation is under way; retire a generation first.");
    require(number == next, "The next generation is " + next + ".");
    Generation announced =
        log.keys().held().stream()
            .filter(generation -> generation.number() == number)
            .findFirst()
            .orElseThrow(() -> refusal("This process has no keys of generation " + number + "."));
    return LogStatements.own(
        log,
        log.keys().newest(),
        LogStatements.newRecord(),
        KeyStatement.announced(log.origin(), announced, clock.instant()),
        Opening.random(random));
  }

  /// The entry by which generation `number` ceases to sign.
  ///
  /// @throws Rejection when it does not sign, or no other would be left
  public Submission retirement(Log log, int number) {
    List<KeyTerm> inForce = inForce(log);
    KeyTerm ending =
        inForce.stream()
            .filter(term -> term.generation() == number)
            .findFirst()
            .orElseThrow(() -> refusal("Generation " + number + " does not sign."));
    require(inForce.size() > 1, "No other generation would be left; announce one first.");
    Generation speaker =
        log.keys().signing(reader.sealed(log)).stream()
            .filter(generation -> generation.number() != number)
            .toList()
            .getLast();
    return LogStatements.own(
        log,
        speaker,
        ending.record(),
        KeyStatement.retired(log.origin(), ending, clock.instant()),
        Opening.random(random));
  }

  private List<KeyTerm> inForce(Log log) {
    return history(log).inForce(reader.sealed(log));
  }

  private static void require(boolean holds, String detail) {
    if (!holds) {
      throw refusal(detail);
    }
  }

  private static Rejection refusal(String detail) {
    return Rejection.of(LedgerProblem.KEY_CONFLICT, detail);
  }
}
