package dev.indelible.ledger.log;

import dev.indelible.kit.problem.Rejection;
import dev.indelible.ledger.LedgerConfig;
import dev.indelible.ledger.LedgerProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The submissions before the writer. Bounded: whoever comes when it is full is sent away at once.
final class EntryQueue {
  /// How long a batch waits for each entry of the one before it: whoever is alone is not kept
  /// waiting for others, and where many come there are fewer and larger batches.
  private static final Duration FOR_EACH = Duration.ofNanos(100_000);

  /// A batch of this size waits for nobody.
  private static final int ENOUGH = 256;

  private final BlockingQueue<PendingEntries> waiting = new LinkedBlockingQueue<>();
  private final AtomicInteger entries = new AtomicInteger();
  private final int room;
  private final int most;
  private final Duration linger;
  private int before;

  EntryQueue(LedgerConfig config) {
    this(config.queueEntries(), config.batchEntries(), config.batchLinger());
  }

  /// @param room entries that may wait
  /// @param most entries at which a batch is closed
  /// @param linger how long a batch waits for company at most
  EntryQueue(int room, int most, Duration linger) {
    this.room = room;
    this.most = most;
    this.linger = linger;
  }

  void add(PendingEntries pending) {
    if (entries.addAndGet(pending.size()) > room) {
      entries.addAndGet(-pending.size());
      throw Rejection.of(LedgerProblem.OVERLOADED, "Come again in a second.");
    }
    waiting.add(pending);
  }

  /// The next batch: waits up to `patience` for a first entry, then up to `linger` for more of
  /// them.
  List<PendingEntries> take(Duration patience) throws InterruptedException {
    List<PendingEntries> batch = new ArrayList<>();
    int size = take(batch, patience.toNanos());
    long end = System.nanoTime() + Math.min(linger.toNanos(), before * FOR_EACH.toNanos());
    while (size > 0 && size < most) {
      int more = take(batch, size < ENOUGH ? end - System.nanoTime() : 0);
      if (more == 0) {
        break;
      }
      size += more;
    }
    before = size;
    return batch;
  }

  private int take(List<PendingEntries> batch, long nanos) throws InterruptedException {
    @Nullable PendingEntries next =
        nanos > 0 ? waiting.poll(nanos, TimeUnit.NANOSECONDS) : waiting.poll();
    if (next == null) {
      return 0;
    }
    batch.add(next);
    entries.addAndGet(-next.size());
    return next.size();
  }

  /// Everything that waits; nothing waits afterwards.
  List<PendingEntries> drain() {
    List<PendingEntries> all = new ArrayList<>();
    waiting.drainTo(all);
    all.forEach(pending -> entries.addAndGet(-pending.size()));
    return all;
  }

  int size() {
    return entries.get();
  }
}
