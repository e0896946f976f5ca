package dev.indelible.ledger.api;

import dev.indelible.kit.json.StrictJson;
import dev.indelible.kit.problem.CommonProblem;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.kit.problem.Violation;
import dev.indelible.ledger.LedgerConfig;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.log.Sequencers;
import dev.indelible.ledger.log.Submission;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
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
      LedgerConfig config) {
    this.sequencers = sequencers;
    this.forward = forward;
    this.writer = writer;
    this.answer = answer;
    this.form = form;
    this.json = json;
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
      return writer.send(
          log,
          List.of(saying.of(log, generation)),
          request,
          waiting -> answer.of(log, Preference.NONE, waiting, form));
    } finally {
      oneAtATime.unlock();
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
