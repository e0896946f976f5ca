package dev.indelible.ledger.log;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.block.BlockSealer;
import dev.indelible.ledger.block.SealedBlock;
import dev.indelible.ledger.block.TokenDigest;
import dev.indelible.ledger.head.FencedException;
import dev.indelible.ledger.head.FrozenException;
import dev.indelible.ledger.witness.StartVerdict;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.CompactRange;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The real writer of one process, for tests in other packages that take it step by step.
public final class WriterUnderTest {
  private static final int ROOM = 1000;
  private static final int MOST = 8;
  private static final Duration TERM = Duration.ofSeconds(2);

  private final Sequencer sequencer;

  /// What a writer works with.
  ///
  /// @param id unique for this start of the process
  /// @param sealed hears of every new block
  public record Tools(
      String id,
      Clock clock,
      LogStore store,
      BlockSealer sealer,
      Others others,
      Consumer<SealedBlock> sealed) {}

  /// Whom a writer asks besides its database.
  public interface Others {
    /// What the witnesses say of a log of so many leaves before its writer's first entry.
    StartVerdict ask(long size);

    /// Entries that the log itself has yet to make.
    List<Submission> unsaid() throws SQLException;
  }

  /// Puts a writer together as the service does.
  public WriterUnderTest(Log log, Tools tools) {
    this(log, tools, TERM);
  }

  /// The same with a lease of this length.
  public WriterUnderTest(Log log, Tools tools, Duration term) {
    EntryQueue queue = new EntryQueue(ROOM, MOST, Duration.ZERO);
    LogStore.Holder self = new LogStore.Holder(tools.id(), "");
    Office office = new Office(tools.store(), log.name(), self, term, tools.clock());
    Sequencer.Tools its =
        new Sequencer.Tools(
            tools.store(),
            tools.sealer(),
            (ignored, size, kept) -> tools.others().ask(size),
            tools.others()::unsaid,
            tools.sealed());
    LogMetrics metrics =
        new LogMetrics(new SimpleMeterRegistry(), log.name(), queue, tools.clock());
    this.sequencer = new Sequencer(log, its, office, queue, metrics);
  }

  /// The tables that it appends to, over transactions of a test's choice.
  public static LogStore store(Transactions transactions) {
    return new SqlLogStore(transactions);
  }

  /// Takes the office, or deals with what is queued; never waits.
  ///
  /// @return how long to rest before the next step
  public Duration step() throws InterruptedException {
    return sequencer.step(Duration.ZERO);
  }

  /// Seals what has been appended, if anything has; never waits.
  public void seal() throws InterruptedException {
    sequencer.sealing().step(Duration.ZERO);
  }

  /// Queues submissions.
  public PendingEntries submit(List<Submission> submissions) {
    return sequencer.submit(submissions);
  }

  /// Whether it writes.
  public boolean isWriting() {
    return sequencer.isWriting();
  }

  /// Why it will not write again, if so.
  public Optional<String> halted() {
    return sequencer.halted();
  }

  /// Freezes the log.
  public void freeze(String reason) {
    sequencer.freeze(reason);
  }

  /// What [SqlLogStore#append] finds when it looks for a batch among these entries.
  public static BatchPlan plan(List<Submission> batch, List<Submission> held, CompactRange from) {
    Map<Hash, Long> byLeaf = new HashMap<>();
    Map<MatchToken.Key, Long> taken = new HashMap<>();
    Set<MatchToken.Key> seen = new HashSet<>();
    for (int i = 0; i < held.size(); i++) {
      byLeaf.put(held.get(i).leafHash(), (long) i);
      for (MatchToken token : held.get(i).tokens()) {
        seen.add(token.key());
        if (token.kind() == MatchToken.Kind.UNIQUE) {
          taken.put(token.key(), (long) i);
        }
      }
    }
    return BatchPlan.of(batch, byLeaf, new BatchPlan.Held(taken, seen), from);
  }

  /// What the store throws when an epoch is over.
  public static RuntimeException fenced(String log, long epoch) {
    return new FencedException(log, epoch);
  }

  /// What the store throws when nobody may write.
  public static RuntimeException frozen(String reason) {
    return new FrozenException(reason);
  }

  /// Whether two entries share a unique token.
  public static boolean areRivals(Submission one, Submission other) {
    return one.tokens().stream()
        .filter(token -> token.kind() == MatchToken.Kind.UNIQUE)
        .anyMatch(other.tokens()::contains);
  }

  /// The digest of the tokens of these entries.
  ///
  /// @param start index of the first one
  public static Hash tokens(long start, List<Submission> entries) {
    TokenDigest digest = new TokenDigest();
    TokenStore.digest(digest, start, entries);
    return digest.hash();
  }
}
