package dev.indelible.ledger.witness;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.block.BlockStore;
import dev.indelible.ledger.block.CheckpointSigner;
import dev.indelible.ledger.tile.StoredNodes;
import dev.indelible.ledger.witness.WitnessAnswer.Fork;
import dev.indelible.ledger.witness.WitnessAnswer.Knows;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.merkle.ConsistencyProof;
import dev.indelible.transparency.merkle.Proofs;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.policy.TrustPolicy.Witness;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Asks the witnesses, before a writer's first entry, whether they remember more than we do. That
/// is how a restored backup, a lost database and a rolled-back log are found.
@ApplicationScoped
public class StartCheck {
  private final WitnessClient client;
  private final Transactions transactions;
  private final Clock clock;

  StartCheck(WitnessClient client, Transactions transactions, Clock clock) {
    this.client = client;
    this.transactions = transactions;
    this.clock = clock;
  }

  /// Why the log must not be written, if a witness says so. A silent witness is no reason: intake
  /// does not depend on witnesses.
  public Optional<String> alarm(Log log) throws InterruptedException {
    List<Callable<Optional<String>>> questions =
        log.policy().witnesses().stream()
            .filter(witness -> witness.url().isPresent())
            .<Callable<Optional<String>>>map(witness -> () -> ask(log, witness))
            .toList();
    try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Optional<String>> answer : all.invokeAll(questions)) {
        if (answer.get().isPresent()) {
          return answer.get();
        }
      }
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot ask the witnesses", e);
    }
  }

  private static SignedNote note(Block block) {
    return SignedNote.parse(block.note());
  }

  /// A checkpoint over nothing agrees with every tree, so it can be shown before we know whether
  /// the log is really new.
  private SignedNote emptyLog(Log log) {
    return CheckpointSigner.sign(log, TreeHead.EMPTY, clock.instant());
  }

  private Optional<String> ask(Log log, Witness witness) throws InterruptedException {
    Optional<Block> last = last(log);
    long sealed = last.map(Block::end).orElse(0L);
    SignedNote note = last.map(StartCheck::note).orElseGet(() -> emptyLog(log));
    ConsistencyProof nothing = new ConsistencyProof(0, sealed, List.of());
    if (!(client.addCheckpoint(witness, nothing, note) instanceof Knows(long size))) {
      return Optional.empty();
    }
    if (size > sealed) {
      // The writer before us may have sealed since we looked; a block is stored before any witness
      // hears of it.
      return last(log).map(Block::end).orElse(0L) > sealed
          ? ask(log, witness)
          : Optional.of(
              "%s has seen %d leaves, we have sealed %d".formatted(witness.name(), size, sealed));
    }
    boolean fork = client.addCheckpoint(witness, proof(log, size, sealed), note) instanceof Fork;
    return fork
        ? Optional.of("%s has seen another tree of %d leaves".formatted(witness.name(), size))
        : Optional.empty();
  }

  private Optional<Block> last(Log log) {
    return transactions.read(connection -> BlockStore.last(connection, log.name()));
  }

  private ConsistencyProof proof(Log log, long from, long to) {
    return transactions.read(
        connection -> Proofs.consistency(from, to, new StoredNodes(connection, log.name())));
  }
}
