package dev.indelible.ledger.api;

import dev.indelible.kit.problem.Rejection;
import dev.indelible.ledger.LedgerConfig;
import dev.indelible.ledger.LedgerProblem;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.log.NotWritingException;
import dev.indelible.ledger.log.PendingEntries;
import dev.indelible.ledger.log.Sequencers;
import dev.indelible.ledger.log.Submission;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Gets submissions to the writer, wherever it is, and its answer back.
@ApplicationScoped
class ToWriter {
  private static final Duration BETWEEN_WRITERS = Duration.ofMillis(100);

  private final Sequencers sequencers;
  private final WriterForward forward;
  private final LedgerConfig config;

  ToWriter(Sequencers sequencers, WriterForward forward, LedgerConfig config) {
    this.sequencers = sequencers;
    this.forward = forward;
    this.config = config;
  }

  /// Makes the response once the writer has the submissions.
  interface Answer {
    Response of(Waiting waiting) throws LostWriterException, InterruptedException;
  }

  /// The writer did not get to the end; nothing is known of what it had begun.
  static final class LostWriterException extends Exception {
    private static final long serialVersionUID = 1;

    LostWriterException() {
      super("the writer is gone", null, false, false);
    }
  }

  /// Submissions with the writer, and until when to wait for it.
  record Waiting(PendingEntries pending, long end) {
    /// Waits for one of the two futures, at most until the end.
    <T> T get(CompletableFuture<T> future) throws LostWriterException, InterruptedException {
      return get(future, Duration.ofNanos(end - System.nanoTime()))
          .orElseThrow(LostWriterException::new);
    }

    /// Waits for one of the two futures, at most so long.
    <T> Optional<T> get(CompletableFuture<T> future, Duration most)
        throws LostWriterException, InterruptedException {
      try {
        return Optional.of(future.get(Math.max(0, most.toNanos()), TimeUnit.NANOSECONDS));
      } catch (TimeoutException e) {
        return Optional.empty();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof NotWritingException) {
          throw new LostWriterException();
        }
        throw new IllegalStateException("the writer failed", e);
      }
    }
  }

  /// Submits here, or hands the request to the writer's process; while there is no writer, waits
  /// for one.
  Response send(Log log, List<Submission> submissions, Forwardable request, Answer answer)
      throws InterruptedException {
    long end = System.nanoTime() + config.answerWithin().toNanos();
    while (System.nanoTime() < end) {
      Optional<Response> response =
          sequencers.isWriting(log)
              ? here(log, submissions, answer, end)
              : forward.send(sequencers.otherWriter(log), request, end);
      if (response.isPresent()) {
        return response.get();
      }
      if (sequencers.halted(log).isPresent()) {
        throw Rejection.of(LedgerProblem.LOG_FROZEN, "The operator has been told.");
      }
      Thread.sleep(BETWEEN_WRITERS);
    }
    throw Rejection.of(
        LedgerProblem.NO_WRITER, "Nothing has been acknowledged; send the same bytes again.");
  }

  private Optional<Response> here(Log log, List<Submission> submissions, Answer answer, long end)
      throws InterruptedException {
    try {
      return Optional.of(answer.of(new Waiting(sequencers.submit(log, submissions), end)));
    } catch (LostWriterException e) {
      return Optional.empty();
    }
  }
}
