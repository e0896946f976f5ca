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
import dev.indelible.ledger.head.HeadStore;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The writers of this process, one per log, each of which writes only while it holds the office.
@ApplicationScoped
public class Sequencers {
  private final Map<String, Seat> seats = new LinkedHashMap<>();
  private final Transactions transactions;
  private final Quotas quotas;
  private final LogStore.Holder self;

  private record Seat(Sequencer sequencer, Thread sequencing, Thread sealing) {
    static Seat of(String log, Sequencer sequencer) {
      // Threads of their own: these two are never to queue up behind those who wait for them.
      return new Seat(
          sequencer,
          Thread.ofPlatform().name("sequencing-" + log).unstarted(sequencer),
          Thread.ofPlatform().name("sealing-" + log).unstarted(sequencer.sealing()));
    }
  }

  Sequencers(
      Logs logs,
      LedgerConfig config,
      Transactions transactions,
      LogStore store,
      BlockSealer sealer,
      StartCheck startCheck,
      Quotas quotas,
      Event<BlockSealed> sealed,
      MeterRegistry meters,
      Clock clock) {
    this.transactions = transactions;
    this.quotas = quotas;
    this.self = new LogStore.Holder(UUID.randomUUID().toString(), config.self());
    SecureRandom random = new SecureRandom();
    for (Log log : logs.all()) {
      LogStatements statements = new LogStatements(log, clock, random);
      var tools =
          new Sequencer.Tools(
              store,
              sealer,
              startCheck::ask,
              () -> transactions.read(statements::missing),
              block -> sealed.fire(new BlockSealed(log, block)));
      Office office = new Office(store, log.name(), self, config.lease(), clock);
      EntryQueue queue = new EntryQueue(config);
      LogMetrics metrics = new LogMetrics(meters, log.name(), queue, clock);
      Sequencer sequencer = new Sequencer(log, tools, office, queue, metrics);
      seats.put(log.name(), Seat.of(log.name(), sequencer));
    }
  }

  void start(@Observes StartupEvent event) throws SQLException {
    for (Map.Entry<String, Seat> seat : seats.entrySet()) {
      transactions.write(
          connection -> {
            HeadStore.create(connection, seat.getKey());
            return true;
          });
      seat.getValue().sealing().start();
      seat.getValue().sequencing().start();
    }
  }

  /// Lets a batch under way come to its end: interrupting it would leave a commit in doubt.
  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    seats.values().forEach(seat -> seat.sequencer().stop());
    for (Seat seat : seats.values()) {
      seat.sequencing().join();
      seat.sequencer().sealing().stop();
      seat.sealing().join();
    }
  }

  void freeze(@Observes ForkSeen fork) {
    seat(fork.log()).sequencer().freeze(fork.reason());
  }

  void freeze(@Observes Contradicted audit) {
    seat(audit.log()).sequencer().freeze(audit.reason());
  }

  void witnessed(@Observes BlockWitnessed event) {
    seat(event.log()).sequencer().witnessed(event.block());
  }

  /// Hands submissions of one issuer to the writer, which answers them together.
  ///
  /// @throws Rejection when an operator has to act first, too many are waiting, or the issuer has
  ///   used up its quota
  public PendingEntries submit(Log log, List<Submission> submissions) {
    halted(log)
        .ifPresent(
            reason -> {
              throw Rejection.of(LedgerProblem.LOG_FROZEN, "The operator has been told.");
            });
    quotas.take(log, submissions);
    return seat(log).sequencer().submit(submissions);
  }

  /// Whether the writer is here.
  public boolean isWriting(Log log) {
    return seat(log).sequencer().isWriting();
  }

  /// Why this process may not write the log, if an operator has to act first.
  public Optional<String> halted(Log log) {
    return seat(log).sequencer().halted();
  }

  /// Why this process does not write the log yet, if it waits for the word of witnesses.
  public Optional<String> unheard(Log log) {
    return seat(log).sequencer().unheard();
  }

  /// Where the writer is, if it is another process.
  public Optional<String> otherWriter(Log log) {
    return transactions.read(connection -> LeaseStore.other(connection, log.name(), self));
  }

  private Seat seat(Log log) {
    return java.util.Objects.requireNonNull(seats.get(log.name()));
  }
}
