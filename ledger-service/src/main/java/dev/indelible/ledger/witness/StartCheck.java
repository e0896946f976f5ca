package dev.indelible.ledger.witness;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.block.CheckpointSigner;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.note.SignedNote;
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
  private final Witnesses witnesses;
  private final Clock clock;

  StartCheck(Witnesses witnesses, Clock clock) {
    this.witnesses = witnesses;
    this.clock = clock;
  }

  /// Why the log must not be written, if that follows from what the witnesses say and show (see
  /// [WitnessDialog#alarm] and [Suspicions]).
  ///
  /// @param leaves how many the log has, sealed or not
  public Optional<String> alarm(Log log, long leaves) throws SQLException, InterruptedException {
    Optional<Block> last = witnesses.side(log).last();
    long sealed = last.map(Block::end).orElse(0L);
    SignedNote note =
        last.map(block -> SignedNote.parse(block.note())).orElseGet(() -> emptyLog(log));
    Suspicions suspicions = witnesses.suspicions(log);
    List<Callable<Optional<String>>> questions =
        witnesses.dialogs(log).stream()
            .<Callable<Optional<String>>>map(
                dialog ->
                    () -> suspicions.note(dialog.witness(), dialog.alarm(sealed, note, leaves)))
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

  /// A checkpoint over nothing agrees with every tree, so it can be shown before we know whether
  /// the log is really new.
  private SignedNote emptyLog(Log log) {
    return CheckpointSigner.sign(log, TreeHead.EMPTY, clock.instant());
  }
}
