package dev.indelible.ledger.api;

import dev.indelible.kit.identity.CurrentCaller;
import dev.indelible.kit.identity.SpentAuthentications;
import dev.indelible.kit.json.StrictJson;
import dev.indelible.kit.problem.CommonProblem;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.kit.problem.Violation;
import dev.indelible.ledger.LedgerConfig;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.log.Sequencers;
import dev.indelible.ledger.log.Submission;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Gets an operator's word about keys into the log. The process that writes the log says it, since
/// it knows best what was said before.
@ApplicationScoped
class ChangeKeys {
  private final Sequencers sequencers;
  private final WriterForward forward;
  private final ToWriter writer;
  private final SingleAnswer answer;
  private final JsonAnswer form;
  private final StrictJson json;
  private final CurrentCaller caller;
  private final SpentAuthentications spent;
  private final Transactions transactions;
  private final LedgerConfig config;

  /// Two operators at once would both see what the log said before either of them.
  private final ReentrantLock oneAtATime = new ReentrantLock();

  ChangeKeys(
      Sequencers sequencers,
      WriterForward forward,
      ToWriter writer,
      SingleAnswer answer,
      JsonAnswer form,
      StrictJson json,
      CurrentCaller caller,
      SpentAuthentications spent,
      Transactions transactions,
      LedgerConfig config) {
    this.sequencers = sequencers;
    this.forward = forward;
    this.writer = writer;
    this.answer = answer;
    this.form = form;
    this.json = json;
    this.caller = caller;
    this.spent = spent;
    this.transactions = transactions;
    this.config = config;
  }

  /// The body of both requests.
  ///
  /// @param generation named by the caller, so that a request sent twice does not do two things
  record Body(@Nullable Integer generation) {}

  /// The entry that says something about a generation of keys.
  interface Saying {
    /// Makes it, or refuses.
    Submission of(Log log, int generation);
  }

  /// Answers like an append.
  Response change(Log log, Saying saying, Forwardable request) throws InterruptedException {
    int generation = generation(request);
    if (!sequencers.isWriting(log)) {
      long end = System.nanoTime() + config.answerWithin().toNanos();
      Optional<Response> elsewhere = forward.send(sequencers.otherWriter(log), request, end);
      if (elsewhere.isPresent()) {
        return elsewhere.get();
      }
    }
    oneAtATime.lockInterruptibly();
    try {
      Submission entry = saying.of(log, generation);
      spend();
      return writer.send(
          log, List.of(entry), request, waiting -> answer.of(log, Preference.NONE, waiting, form));
    } finally {
      oneAtATime.unlock();
    }
  }

  /// Once nothing speaks against the entry, and before the writer has it: the entry shares its
  /// transaction with others', so this is one of its own. Should the writer be lost in between, the
  /// authentication is spent for nothing; never is there an entry without one.
  private void spend() {
    try {
      var ignored =
          transactions.write(
              connection -> {
                spent.spend(caller.get(), connection);
                return true;
              });
    } catch (SQLException e) {
      throw new IllegalStateException("the database did not answer", e);
    }
  }

  private int generation(Forwardable request) {
    Integer generation = json.read(request.body().toArray(), Body.class).generation();
    if (generation == null || generation < 1) {
      Violation violation = new Violation("/generation", "is not a number from 1 on");
      throw Rejection.of(CommonProblem.INVALID_BODY, "/generation " + violation.message())
          .violations(List.of(violation));
    }
    return generation;
  }
}
