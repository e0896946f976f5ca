package dev.indelible.ledger.log;

import dev.indelible.kit.problem.Rejection;
import dev.indelible.ledger.LedgerConfig;
import dev.indelible.ledger.LedgerProblem;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.block.BlockSealed;
import dev.indelible.ledger.block.BlockSealer;
import dev.indelible.ledger.block.BlockWitnessed;
import dev.indelible.ledger.witness.ForkSeen;
import dev.indelible.ledger.witness.StartCheck;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// The writers of this process, one per log, each of which writes only while it holds the office.
@ApplicationScoped
public class Sequencers {
  private final Map<String, Seat> seats = new LinkedHashMap<>();
  private final Transactions transactions;

  private record Seat(Sequencer sequencer, Office office, Thread thread) {}

  Sequencers(
      Logs logs,
      LedgerConfig config,
      Transactions transactions,
      Appender appender,
      BlockSealer sealer,
      StartCheck startCheck,
      Event<BlockSealed> sealed,
      MeterRegistry meters,
      Clock clock) {
    this.transactions = transactions;
    LeaseStore.Holder self = new LeaseStore.Holder(UUID.randomUUID().toString(), config.self());
    var tools = new Sequencer.Tools(transactions, appender, sealer, startCheck, sealed);
    SecureRandom random = new SecureRandom();
    for (Log log : logs.all()) {
      Office office = new Office(transactions, log.name(), self, config);
      EntryQueue queue = new EntryQueue(config);
      LogMetrics metrics = new LogMetrics(meters, log.name(), queue, clock);
      LogStatements statements = new LogStatements(log, clock, random);
      Sequencer sequencer = new Sequencer(log, tools, office, queue, statements, metrics);
      Thread thread = Thread.ofVirtual().name("sequencer-" + log.name()).unstarted(sequencer);
      seats.put(log.name(), new Seat(sequencer, office, thread));
    }
  }

  void start(@Observes StartupEvent event) throws SQLException {
    for (Map.Entry<String, Seat> seat : seats.entrySet()) {
      transactions.write(
          connection -> {
            HeadStore.create(connection, seat.getKey());
            return true;
          });
      seat.getValue().thread().start();
    }
  }

  /// Lets a batch under way come to its end: interrupting it would leave a commit in doubt.
  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    seats.values().forEach(seat -> seat.sequencer().stop());
    for (Seat seat : seats.values()) {
      seat.thread().join();
    }
  }

  void freeze(@Observes ForkSeen fork) {
    seat(fork.log()).sequencer().freeze(fork.reason());
  }

  void witnessed(@Observes BlockWitnessed event) {
    seat(event.log()).sequencer().witnessed(event.block());
  }

  /// Hands a submission to the writer.
  ///
  /// @throws Rejection when an operator has to act first, or too many are waiting
  public CompletableFuture<Placement> submit(Log log, Submission submission) {
    halted(log)
        .ifPresent(
            reason -> {
              throw Rejection.of(LedgerProblem.LOG_FROZEN, "The operator has been told.");
            });
    return seat(log).sequencer().submit(submission);
  }

  /// Whether the writer is here.
  public boolean isWriting(Log log) {
    return seat(log).sequencer().isWriting();
  }

  /// Why this process may not write the log, if an operator has to act first.
  public Optional<String> halted(Log log) {
    return seat(log).sequencer().halted();
  }

  /// Where the writer is, if it is another process.
  public Optional<String> otherWriter(Log log) {
    return seat(log).office().other();
  }

  private Seat seat(Log log) {
    return java.util.Objects.requireNonNull(seats.get(log.name()));
  }
}
