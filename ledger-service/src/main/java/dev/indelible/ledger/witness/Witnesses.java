package dev.indelible.ledger.witness;

import dev.indelible.ledger.LedgerConfig;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.block.BlockSealed;
import dev.indelible.ledger.block.Cosignatures;
import dev.indelible.ledger.head.DurableReads;
import dev.indelible.ledger.witness.WitnessDialog.Word;
import dev.indelible.transparency.policy.TrustPolicy.Witness;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Tells every witness of every log about new blocks, in the background: no entry waits for a
/// witness.
@ApplicationScoped
public class Witnesses {
  private final WitnessClient client;
  private final Cosignatures cosignatures;
  private final Transactions transactions;
  private final DurableReads durable;
  private final Event<ForkSeen> forks;
  private final Map<String, WitnessRounds> rounds = new ConcurrentHashMap<>();

  Witnesses(
      Logs logs,
      LedgerConfig config,
      WitnessClient client,
      Cosignatures cosignatures,
      Transactions transactions,
      DurableReads durable,
      Event<ForkSeen> forks,
      MeterRegistry meters) {
    this.client = client;
    this.cosignatures = cosignatures;
    this.transactions = transactions;
    this.durable = durable;
    this.forks = forks;
    for (Log log : logs.all()) {
      Suspicions suspicions = new Suspicions(log, meters);
      List<WitnessFeed> feeds =
          reachable(log).map(witness -> feed(log, witness, suspicions, config)).toList();
      rounds.put(log.name(), new WitnessRounds(log.name(), feeds, config.witnessEvery()));
    }
    rounds.values().forEach(WitnessRounds::start);
  }

  @PreDestroy
  void stop() {
    rounds.values().forEach(WitnessRounds::stop);
  }

  void sealed(@Observes BlockSealed event) {
    Objects.requireNonNull(rounds.get(event.log().name())).offer(event.block());
  }

  /// A log as its witnesses are told of it.
  LogSide side(Log log) {
    return new SqlLogSide(log, transactions, durable, cosignatures);
  }

  private static Stream<Witness> reachable(Log log) {
    return log.policy().witnesses().stream().filter(witness -> witness.url().isPresent());
  }

  /// A new dialog with a witness of which the policy says where it is.
  WitnessDialog dialog(Log log, Witness witness) {
    return new WitnessDialog(side(log), client.side(witness));
  }

  private WitnessFeed feed(Log log, Witness witness, Suspicions suspicions, LedgerConfig config) {
    WitnessDialog dialog = dialog(log, witness);
    return new WitnessFeed(
        witness.name() + "-" + log.name(),
        block -> deliver(log, dialog, suspicions, block),
        new Pauses(config.witnessPause(), new SplittableRandom()));
  }

  private boolean deliver(Log log, WitnessDialog dialog, Suspicions suspicions, Block block)
      throws InterruptedException, SQLException {
    Word word = dialog.deliver(block);
    Optional<String> fork = suspicions.note(dialog.witness(), word);
    fork.ifPresent(reason -> forks.fire(new ForkSeen(log, reason)));
    return fork.isPresent() || word instanceof Word.Agrees;
  }
}
