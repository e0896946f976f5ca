package dev.indelible.ledger.log;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.block.BlockSealer;
import dev.indelible.ledger.block.SealedBlock;
import dev.indelible.ledger.block.Tail;
import dev.indelible.ledger.block.TokenDigest;
import dev.indelible.ledger.head.FencedException;
import dev.indelible.transparency.TreeHead;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Seals what the sequencer appended, beside it: while one batch is sealed the next is appended,
/// and all that has come together meanwhile goes into one block.
///
/// Open while its sequencer is in office. Whatever goes wrong is kept for the sequencer, which
/// alone decides what becomes of the office, and nothing more is sealed until it opens this again.
final class Sealing implements Runnable {
  private static final Duration PATIENCE = Duration.ofMillis(500);

  /// How long after a block the next one may begin, for each of its entries and at most: its
  /// signatures and commits cost the same however few it has. Measured, see ADR 018.
  private static final Duration FOR_EACH = Duration.ofNanos(250_000);

  private static final Duration LONGEST_PAUSE = Duration.ofMillis(20);

  /// Entries that may wait for their block; then the sequencer waits too.
  private static final int MOST_ENTRIES = 8192;

  private final Log log;
  private final BlockSealer sealer;
  private final LogMetrics metrics;
  private final Consumer<SealedBlock> announce;
  private final Deque<Appended> waiting = new ArrayDeque<>();
  private List<Appended> underWay = List.of();
  private long epoch;
  private @Nullable Block last;
  private @Nullable Throwable failure;
  private boolean stopped;
  private long notBefore = System.nanoTime();

  /// A batch that a clean commit has appended.
  ///
  /// @param startedAt when the sequencer began with it, by [System#nanoTime]
  record Appended(List<PendingEntries> batch, BatchPlan plan, long startedAt) {
    Appended {
      batch = List.copyOf(batch);
    }
  }

  Sealing(Log log, BlockSealer sealer, LogMetrics metrics, Consumer<SealedBlock> announce) {
    this.log = log;
    this.sealer = sealer;
    this.metrics = metrics;
    this.announce = announce;
  }

  /// Begins to seal behind a block, in an epoch.
  synchronized void open(long newEpoch, Block newest) {
    epoch = newEpoch;
    last = newest;
  }

  /// Takes nothing more; what is under way comes to its end.
  synchronized void close() {
    epoch = 0;
  }

  synchronized void add(Appended appended) {
    waiting.add(appended);
    notifyAll();
  }

  /// Whether another batch may be appended; waits for that.
  synchronized boolean hasRoom(Duration patience) throws InterruptedException {
    if (entries() >= MOST_ENTRIES && patience.isPositive()) {
      wait(patience.toMillis());
    }
    return entries() < MOST_ENTRIES;
  }

  private int entries() {
    return waiting.stream().mapToInt(appended -> appended.plan().fresh().size()).sum();
  }

  /// Whether nothing is under way.
  synchronized boolean isAtRest() {
    return underWay.isEmpty();
  }

  /// Whether nothing is under way, and nothing will be.
  synchronized boolean isDone() {
    return underWay.isEmpty() && (waiting.isEmpty() || epoch == 0);
  }

  /// Takes back what has no block yet.
  synchronized List<PendingEntries> recall() {
    List<PendingEntries> all = new ArrayList<>();
    waiting.forEach(appended -> all.addAll(appended.batch()));
    waiting.clear();
    return all;
  }

  /// Throws what went wrong, once.
  synchronized void requireSound() throws SQLException {
    Throwable thrown = failure;
    failure = null;
    switch (thrown) {
      case null -> {}
      case SQLException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(thrown);
    }
  }

  synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  @Override
  public void run() {
    try {
      while (!isStopped()) {
        step(PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  /// Seals one block, if there is anything to seal.
  ///
  /// @param patience how long to wait for it
  void step(Duration patience) throws InterruptedException {
    if (patience.isPositive()) {
      Thread.sleep(Duration.ofNanos(Math.max(0, notBefore - System.nanoTime())));
    }
    List<Appended> taken = take(patience);
    if (taken.isEmpty()) {
      return;
    }
    try {
      pace(taken);
      SealedBlock block = seal(taken);
      rest();
      for (Appended appended : taken) {
        metrics.integrated(System.nanoTime() - appended.startedAt());
        appended.batch().forEach(pending -> pending.included().complete(block));
      }
    } catch (SQLException | RuntimeException | Error e) {
      fail(taken, e);
    }
  }

  private void pace(List<Appended> taken) {
    long entries = taken.stream().mapToLong(appended -> appended.plan().fresh().size()).sum();
    notBefore = System.nanoTime() + Math.min(LONGEST_PAUSE.toNanos(), entries * FOR_EACH.toNanos());
  }

  private synchronized List<Appended> take(Duration patience) throws InterruptedException {
    if ((waiting.isEmpty() || epoch == 0) && patience.isPositive()) {
      wait(patience.toMillis());
    }
    if (epoch > 0) {
      underWay = List.copyOf(waiting);
      waiting.clear();
      notifyAll();
    }
    return underWay;
  }

  private synchronized void rest() {
    underWay = List.of();
  }

  private synchronized void fail(List<Appended> taken, Throwable thrown) {
    taken.reversed().forEach(waiting::addFirst);
    rest();
    close();
    failure = thrown;
  }

  /// Signs the head of the newest of these commits and no other: what a read shows may be a
  /// successor's, and be lost.
  private SealedBlock seal(List<Appended> taken) throws SQLException {
    Block before = java.util.Objects.requireNonNull(last);
    TreeHead head = taken.getLast().plan().range().head();
    if (head.size() == before.end()) {
      return SealedBlock.of(before);
    }
    TokenDigest tokens = new TokenDigest();
    for (Appended appended : taken) {
      TokenStore.digest(tokens, appended.plan().start(), appended.plan().fresh());
    }
    long inEpoch = epochOfOffice();
    SealedBlock block =
        sealer
            .seal(log, inEpoch, new Tail(Optional.of(before), head, tokens.hash()))
            .orElseThrow(() -> new FencedException(log.name(), inEpoch));
    last = block.block();
    metrics.sealed(block.block());
    announce.accept(block);
    return block;
  }

  private synchronized long epochOfOffice() {
    return epoch;
  }
}
