package dev.indelible.ledger.block;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.Transactions;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Lets those wait who want to hear of new blocks. In the writer's process they hear at once. In
/// any process one of them looks into the table when nobody has for [#LOOK], for all of them: the
/// writer may be elsewhere.
@ApplicationScoped
public class NewestBlocks {
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Transactions transactions;
  private final Map<String, Newest> newest = new ConcurrentHashMap<>();
  private volatile boolean closed;

  NewestBlocks(Transactions transactions) {
    this.transactions = transactions;
  }

  void sealed(@Observes BlockSealed event) {
    newest(event.log()).heard(event.block().number());
  }

  void stop(@Observes ShutdownEvent event) {
    closed = true;
    newest.values().forEach(Newest::wake);
  }

  /// Whether nobody has to wait any longer, since the process ends.
  public boolean isClosed() {
    return closed;
  }

  /// Waits for a block with a number above `after`.
  ///
  /// @return whether there was one in time
  public boolean await(Log log, long after, Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    Newest known = newest(log);
    while (!closed) {
      if (known.shouldLook()) {
        known.heard(look(log));
      }
      long left = end - System.nanoTime();
      if (known.await(after, Math.min(left, LOOK.toNanos()))) {
        return true;
      }
      if (left <= 0) {
        return false;
      }
    }
    return false;
  }

  private long look(Log log) {
    return transactions
        .read(connection -> BlockStore.last(connection, log.name()))
        .map(Block::number)
        .orElse(-1L);
  }

  private Newest newest(Log log) {
    return newest.computeIfAbsent(log.name(), ignored -> new Newest());
  }

  /// The highest number that this process has heard of in one log.
  private static final class Newest {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long number = -1;
    private long lookedAt = System.nanoTime() - LOOK.toNanos();

    void heard(long heard) {
      lock.lock();
      try {
        if (heard > number) {
          number = heard;
          changed.signalAll();
        }
      } finally {
        lock.unlock();
      }
    }

    void wake() {
      lock.lock();
      try {
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    boolean shouldLook() {
      lock.lock();
      try {
        long now = System.nanoTime();
        boolean due = now - lookedAt >= LOOK.toNanos();
        lookedAt = due ? now : lookedAt;
        return due;
      } finally {
        lock.unlock();
      }
    }

    boolean await(long after, long nanos) throws InterruptedException {
      lock.lockInterruptibly();
      try {
        if (number <= after && nanos > 0) {
          long ignored = changed.awaitNanos(nanos);
        }
        return number > after;
      } finally {
        lock.unlock();
      }
    }
  }
}
