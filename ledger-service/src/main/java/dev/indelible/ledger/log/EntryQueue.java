package dev.indelible.ledger.log;

import dev.indelible.kit.problem.Rejection;
import dev.indelible.ledger.LedgerConfig;
import dev.indelible.ledger.LedgerProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// The submissions before the writer. Bounded: whoever comes when it is full is sent away at once.
final class EntryQueue {
  private final BlockingQueue<PendingEntry> waiting;
  private final int most;
  private final Duration linger;

  EntryQueue(LedgerConfig config) {
    this.waiting = new ArrayBlockingQueue<>(config.queueEntries());
    this.most = config.batchEntries();
    this.linger = config.batchLinger();
  }

  void add(PendingEntry entry) {
    if (!waiting.offer(entry)) {
      throw Rejection.of(LedgerProblem.OVERLOADED, "Come again in a second.");
    }
  }

  /// The next batch: waits up to `patience` for a first entry, then `linger` for more of them.
  List<PendingEntry> take(Duration patience) throws InterruptedException {
    List<PendingEntry> batch = new ArrayList<>();
    PendingEntry first = waiting.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    if (first == null) {
      return batch;
    }
    batch.add(first);
    long end = System.nanoTime() + linger.toNanos();
    while (batch.size() < most) {
      waiting.drainTo(batch, most - batch.size());
      long left = end - System.nanoTime();
      PendingEntry next =
          batch.size() < most && left > 0 ? waiting.poll(left, TimeUnit.NANOSECONDS) : null;
      if (next == null) {
        break;
      }
      batch.add(next);
    }
    return batch;
  }

  /// Everything that waits; nothing waits afterwards.
  List<PendingEntry> drain() {
    List<PendingEntry> all = new ArrayList<>();
    waiting.drainTo(all);
    return all;
  }

  int size() {
    return waiting.size();
  }
}
