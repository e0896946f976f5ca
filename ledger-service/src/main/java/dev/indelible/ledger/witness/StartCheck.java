package dev.indelible.ledger.witness;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.block.BlockStore;
import dev.indelible.ledger.block.CheckpointSigner;
import dev.indelible.ledger.head.DurableReads;
import dev.indelible.ledger.tile.StoredNodes;
import dev.indelible.ledger.witness.WitnessAnswer.Fork;
import dev.indelible.ledger.witness.WitnessAnswer.Knows;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.merkle.ConsistencyProof;
import dev.indelible.transparency.merkle.Proofs;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.policy.TrustPolicy.Witness;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
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
  private final DurableReads durable;
  private final Clock clock;

  StartCheck(WitnessClient client, DurableReads durable, Clock clock) {
    this.client = client;
    this.durable = durable;
    this.clock = clock;
  }

  /// Why the log must not be written, if a witness says so. A silent witness is no reason: intake
  /// does not depend on witnesses.
  ///
  /// @param leaves how many the log has, sealed or not: a predecessor may have sealed and told the
  ///   witness more than we saw sealed, but never more than it had committed
  public Optional<String> alarm(Log log, long leaves) throws SQLException, InterruptedException {
    Optional<Block> last =
        durable.read(log.name(), connection -> BlockStore.last(connection, log.name()));
    SignedNote note = last.map(StartCheck::note).orElseGet(() -> emptyLog(log));
    List<Callable<Optional<String>>> questions =
        log.policy().witnesses().stream()
            .filter(witness -> witness.url().isPresent())
            .map(witness -> question(log, witness, last.map(Block::end).orElse(0L), leaves, note))
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

  private Callable<Optional<String>> question(
      Log log, Witness witness, long sealed, long leaves, SignedNote note) {
    return () -> {
      ConsistencyProof nothing = new ConsistencyProof(0, sealed, List.of());
      if (!(client.addCheckpoint(witness, nothing, note) instanceof Knows(long size))) {
        return Optional.empty();
      }
      if (size > leaves) {
        return Optional.of(
            "%s has seen %d leaves, we have %d".formatted(witness.name(), size, leaves));
      }
      if (size > sealed) {
        return Optional.empty(); // It will be asked again with the next block.
      }
      boolean fork = client.addCheckpoint(witness, proof(log, size, sealed), note) instanceof Fork;
      return fork
          ? Optional.of("%s has seen another tree of %d leaves".formatted(witness.name(), size))
          : Optional.empty();
    };
  }

  private ConsistencyProof proof(Log log, long from, long to) throws SQLException {
    return durable.read(
        log.name(),
        connection -> Proofs.consistency(from, to, new StoredNodes(connection, log.name())));
  }
}
