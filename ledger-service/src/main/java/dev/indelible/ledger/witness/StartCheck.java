package dev.indelible.ledger.witness;

import dev.indelible.ledger.LedgerConfig;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.block.CheckpointSigner;
import dev.indelible.ledger.witness.WitnessDialog.Word;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.policy.TrustPolicy.Witness;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks the witnesses, before a writer's first entry, whether they remember more than we do. That
/// is how a restored backup, a lost database and a rolled-back log are found.
@ApplicationScoped
public class StartCheck {
  private final Witnesses witnesses;
  private final Clock clock;
  private final Duration within;

  StartCheck(Witnesses witnesses, LedgerConfig config, Clock clock) {
    this.witnesses = witnesses;
    this.clock = clock;
    // Whoever hangs must not cost the office: the lease runs while they are asked.
    this.within = config.lease().dividedBy(2);
  }

  /// What they say, each asked at the same time and none waited for longer than half a lease.
  ///
  /// @param leaves how many the log has, sealed or not
  public StartVerdict ask(Log log, long leaves) throws SQLException, InterruptedException {
    Optional<Block> last = witnesses.side(log).last();
    long sealed = last.map(Block::end).orElse(0L);
    SignedNote note =
        last.map(block -> SignedNote.parse(block.note())).orElseGet(() -> emptyLog(log));
    Map<String, CompletableFuture<Word>> asked = new HashMap<>();
    for (Witness witness : log.policy().witnesses()) {
      asked.put(witness.name(), ask(log, witness, dialog -> dialog.ask(sealed, note, leaves)));
    }
    return StartVerdict.of(log.policy()::isQuorum, words(asked));
  }

  private interface Question {
    Word put(WitnessDialog dialog) throws Exception;
  }

  private CompletableFuture<Word> ask(Log log, Witness witness, Question question) {
    CompletableFuture<Word> word = new CompletableFuture<>();
    if (witness.url().isEmpty()) {
      word.complete(new Word.Silent("the policy does not say where it is"));
      return word;
    }
    Thread.ofVirtual()
        .name("start-" + witness.name() + "-" + log.name())
        .start(
            () -> {
              try {
                word.complete(question.put(witnesses.dialog(log, witness)));
              } catch (Exception e) {
                word.completeExceptionally(e);
              }
            });
    return word;
  }

  private Map<String, Word> words(Map<String, CompletableFuture<Word>> asked)
      throws InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    Map<String, Word> words = new HashMap<>();
    for (Map.Entry<String, CompletableFuture<Word>> each : asked.entrySet()) {
      try {
        long left = Math.max(0, end - System.nanoTime());
        words.put(each.getKey(), each.getValue().get(left, TimeUnit.NANOSECONDS));
      } catch (TimeoutException e) {
        words.put(each.getKey(), new Word.Silent("no answer within " + within));
      } catch (ExecutionException e) {
        throw new IllegalStateException("cannot ask the witnesses", e);
      }
    }
    return words;
  }

  /// A checkpoint over nothing agrees with every tree, so it can be shown before we know whether
  /// the log is really new.
  private SignedNote emptyLog(Log log) {
    return CheckpointSigner.sign(log, TreeHead.EMPTY, clock.instant());
  }
}
