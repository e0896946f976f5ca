package dev.indelible.ledger.api;

import dev.indelible.kit.problem.Rejection;
import dev.indelible.ledger.LedgerConfig;
import dev.indelible.ledger.LedgerProblem;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.log.NotWritingException;
import dev.indelible.ledger.log.Placement;
import dev.indelible.ledger.log.Placement.Duplicate;
import dev.indelible.ledger.log.Placement.Sequenced;
import dev.indelible.ledger.log.Sequencers;
import dev.indelible.ledger.log.Submission;
import dev.indelible.ledger.log.TokenStore;
import dev.indelible.ledger.proof.Receipts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Gets a submission to the writer, wherever it is, and its answer back.
@ApplicationScoped
class AppendEntry {
  private static final Duration BETWEEN_WRITERS = Duration.ofMillis(100);

  private final Sequencers sequencers;
  private final WriterForward forward;
  private final Transactions transactions;
  private final LedgerConfig config;

  AppendEntry(
      Sequencers sequencers,
      WriterForward forward,
      Transactions transactions,
      LedgerConfig config) {
    this.sequencers = sequencers;
    this.forward = forward;
    this.transactions = transactions;
    this.config = config;
  }

  /// Appends here, or hands the request to the writer's process; while there is no writer, waits
  /// for one.
  Response append(Log log, Submission submission, Forwardable request) throws InterruptedException {
    long end = System.nanoTime() + config.answerWithin().toNanos();
    while (System.nanoTime() < end) {
      Optional<Response> answer =
          sequencers.isWriting(log)
              ? here(log, submission, end)
              : forward.send(sequencers.otherWriter(log), request, end);
      if (answer.isPresent()) {
        return answer.get();
      }
      if (sequencers.halted(log).isPresent()) {
        throw Rejection.of(LedgerProblem.LOG_FROZEN, "The operator has been told.");
      }
      Thread.sleep(BETWEEN_WRITERS);
    }
    throw Rejection.of(
        LedgerProblem.NO_WRITER, "Nothing has been acknowledged; send the same entry again.");
  }

  private Optional<Response> here(Log log, Submission submission, long end)
      throws InterruptedException {
    try {
      var placement = sequencers.submit(log, submission);
      long left = Math.max(0, end - System.nanoTime());
      return Optional.of(answer(log, placement.get(left, TimeUnit.NANOSECONDS)));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof NotWritingException) {
        return Optional.empty();
      }
      throw new IllegalStateException("the writer failed", e);
    }
  }

  private Response answer(Log log, Placement placement) {
    return switch (placement) {
      case Sequenced sequenced -> sequenced(log, sequenced);
      case Duplicate duplicate -> throw duplicate(log, duplicate);
    };
  }

  /// Read from the rows, for a first submission and for a retry alike, so both get the same bytes.
  /// A receipt may be made from this read: the commit that placed the entry has returned cleanly.
  private Response sequenced(Log log, Sequenced placement) {
    long index = placement.index();
    AppendAnswer answer =
        transactions.read(
            connection ->
                AppendAnswer.of(
                    Receipts.included(connection, log, index).orElseThrow(),
                    TokenStore.matches(connection, log.name(), index)));
    return Response.status(placement.isNew() ? Response.Status.CREATED : Response.Status.OK)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(answer)
        .build();
  }

  private static Rejection duplicate(Log log, Duplicate duplicate) {
    Map<String, Object> original = new LinkedHashMap<>();
    original.put("index", duplicate.index());
    original.put("record", duplicate.record());
    original.put("name", duplicate.token());
    original.put(
        "receipt", "/v1/logs/" + log.name() + "/entries/" + duplicate.index() + "/receipt");
    return Rejection.of(
            LedgerProblem.DUPLICATE_ENTRY,
            "Entry " + duplicate.index() + " has the same " + duplicate.token() + ".")
        .with("duplicateOf", original);
  }
}
