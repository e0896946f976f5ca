package dev.indelible.ledger.witness;

import dev.indelible.ledger.LedgerConfig;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.block.BlockSealed;
import dev.indelible.ledger.block.Cosignatures;
import dev.indelible.ledger.head.DurableReads;
import dev.indelible.ledger.head.HeadStore;
import dev.indelible.ledger.tile.StoredNodes;
import dev.indelible.ledger.witness.WitnessAnswer.Cosigned;
import dev.indelible.ledger.witness.WitnessAnswer.Fork;
import dev.indelible.ledger.witness.WitnessAnswer.Knows;
import dev.indelible.ledger.witness.WitnessAnswer.Silent;
import dev.indelible.transparency.merkle.ConsistencyProof;
import dev.indelible.transparency.merkle.Proofs;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.policy.TrustPolicy.Witness;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/// Tells every witness of every log about new blocks, in the background: no entry waits for a
/// witness.
@ApplicationScoped
public class Witnesses {
  private static final Logger LOG = Logger.getLogger(Witnesses.class);

  /// A witness may have moved on between two of our questions, but hardly four times.
  private static final int QUESTIONS = 4;

  private final WitnessClient client;
  private final Cosignatures cosignatures;
  private final Transactions transactions;
  private final DurableReads durable;
  private final Event<ForkSeen> forks;
  private final Map<String, WitnessRounds> rounds = new ConcurrentHashMap<>();
  private final Map<String, Long> known = new ConcurrentHashMap<>();

  Witnesses(
      Logs logs,
      LedgerConfig config,
      WitnessClient client,
      Cosignatures cosignatures,
      Transactions transactions,
      DurableReads durable,
      Event<ForkSeen> forks) {
    this.client = client;
    this.cosignatures = cosignatures;
    this.transactions = transactions;
    this.durable = durable;
    this.forks = forks;
    for (Log log : logs.all()) {
      List<WitnessFeed> feeds =
          log.policy().witnesses().stream()
              .filter(witness -> witness.url().isPresent())
              .map(witness -> new WitnessFeed(log, witness, this::deliver, config))
              .toList();
      rounds.put(log.name(), new WitnessRounds(log.name(), feeds, config.witnessEvery()));
    }
    rounds.values().forEach(WitnessRounds::start);
  }

  @PreDestroy
  void stop() {
    rounds.values().forEach(WitnessRounds::stop);
  }

  void sealed(@Observes BlockSealed event) {
    java.util.Objects.requireNonNull(rounds.get(event.log().name())).offer(event.block());
  }

  private boolean deliver(Log log, Witness witness, Block block)
      throws InterruptedException, SQLException {
    String place = log.name() + "/" + witness.name();
    boolean doubted = false;
    for (int i = 0; i < QUESTIONS; i++) {
      long from = known.getOrDefault(place, 0L);
      if (from > block.end()) {
        // Asked anew next time: if it was a lie, it must not outlive the operator's correction.
        known.remove(place);
        return isSuperseded(log, witness, from);
      }
      var proof = doubted ? durableProof(log, from, block) : proof(log, from, block);
      switch (client.addCheckpoint(witness, proof, note(block))) {
        case Cosigned cosigned -> {
          known.put(place, block.end());
          cosignatures.add(log, block, witness.name(), cosigned.line());
          return true;
        }
        case Knows knows -> known.put(place, knows.size());
        case Fork fork -> {
          if (doubted) {
            forks.fire(new ForkSeen(log, fork(witness, fork.message(), from, block)));
            return true;
          }
          doubted = true; // The proof may have been read from a former primary.
        }
        case Silent silent -> {
          LOG.debugf("witness %s, log %s: %s", witness.name(), log.name(), silent.message());
          return false;
        }
      }
    }
    return false;
  }

  /// The witness is ahead of this block: by a newer block of ours, or by a tree we do not have.
  /// Blocks are made of leaves that are durable, so it can never know of more leaves than there
  /// are; of more than are sealed it can, when a failover took a block's row away.
  private boolean isSuperseded(Log log, Witness witness, long size) throws SQLException {
    long ours =
        durable
            .read(log.name(), connection -> HeadStore.read(connection, log.name()))
            .range()
            .size();
    if (size > ours) {
      forks.fire(
          new ForkSeen(log, witness.name() + " has seen " + size + " leaves, we have " + ours));
    }
    return true;
  }

  private static String fork(Witness witness, String message, long from, Block block) {
    return "%s does not accept that %d leaves extend the %d it knows (%s)"
        .formatted(witness.name(), block.end(), from, message);
  }

  private ConsistencyProof proof(Log log, long from, Block block) {
    return transactions.read(
        connection ->
            Proofs.consistency(from, block.end(), new StoredNodes(connection, log.name())));
  }

  private ConsistencyProof durableProof(Log log, long from, Block block) throws SQLException {
    return durable.read(
        log.name(),
        connection ->
            Proofs.consistency(from, block.end(), new StoredNodes(connection, log.name())));
  }

  private static SignedNote note(Block block) {
    return SignedNote.parse(block.note());
  }
}
