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
import java.util.Collection;
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
  private final Duration forAll;
  private final Duration forAny;

  StartCheck(Witnesses witnesses, LedgerConfig config, Clock clock) {
    this.witnesses = witnesses;
    this.clock = clock;
    this.forAll = config.lease().dividedBy(2);
    this.forAny = config.witnessWithin();
  }

  /// How the asker stays in office meanwhile.
  public interface Office {
    /// Keeps the lease, if it is time for that.
    void renew() throws SQLException;
  }

  /// What they say, each asked at the same time. Those who hang are waited for a moment, and longer
  /// only if nothing can be said without them.
  ///
  /// @param leaves how many the log has, sealed or not
  public StartVerdict ask(Log log, long leaves, Office office)
      throws SQLException, InterruptedException {
    Optional<Block> last = witnesses.side(log).last();
    long sealed = last.map(Block::end).orElse(0L);
    SignedNote note =
        last.map(block -> SignedNote.parse(block.note())).orElseGet(() -> emptyLog(log));
    Map<String, CompletableFuture<Word>> asked = new HashMap<>();
    for (Witness witness : log.policy().witnesses()) {
      asked.put(witness.name(), ask(log, witness, dialog -> dialog.ask(sealed, note, leaves)));
    }
    long start = System.nanoTime();
    while (true) {
      boolean isAll = await(asked.values());
      Duration waited = Duration.ofNanos(System.nanoTime() - start);
      StartVerdict verdict = StartVerdict.of(log.policy()::isQuorum, words(asked, waited));
      boolean isEnough = waited.compareTo(forAll) >= 0 && verdict.unheard().isEmpty();
      if (isAll || isEnough || waited.compareTo(forAny) >= 0) {
        return verdict;
      }
      office.renew();
    }
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

  /// Whether all have answered; waits a part of the lease for that.
  private boolean await(Collection<CompletableFuture<Word>> asked) throws InterruptedException {
    try {
      CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
          .get(forAll.toNanos() / 4, TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot ask the witnesses", e);
    }
  }

  private static Map<String, Word> words(
      Map<String, CompletableFuture<Word>> asked, Duration waited) {
    Map<String, Word> words = new HashMap<>();
    Word nothing = new Word.Silent("no answer after " + waited.toMillis() + " ms");
    asked.forEach((name, word) -> words.put(name, word.getNow(nothing)));
    return words;
  }

  /// A checkpoint over nothing agrees with every tree, so it can be shown before we know whether
  /// the log is really new.
  private SignedNote emptyLog(Log log) {
    return CheckpointSigner.sign(log, TreeHead.EMPTY, clock.instant());
  }
}
