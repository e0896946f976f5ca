package dev.indelible.ledger.witness;

import dev.indelible.ledger.block.Block;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Which blocks of one log its witnesses see: the newest, at most once in a configured time, and
/// all of them the same, since a quorum is one on one block. What they miss in between they see by
/// the consistency proof; asking them for every block would cost more than the blocks do.
final class WitnessRounds implements Runnable {
  private final List<WitnessFeed> feeds;
  private final Duration every;
  private final AtomicReference<@Nullable Block> newest = new AtomicReference<>();
  private final Thread thread;
  private volatile boolean stopped;

  WitnessRounds(String log, List<WitnessFeed> feeds, Duration every) {
    this.feeds = List.copyOf(feeds);
    this.every = every;
    this.thread = Thread.ofVirtual().name("witnesses-" + log).unstarted(this);
  }

  void start() {
    feeds.forEach(WitnessFeed::start);
    thread.start();
  }

  void stop() {
    stopped = true;
    LockSupport.unpark(thread);
    feeds.forEach(WitnessFeed::stop);
  }

  /// Says that there is a newer block. Never waits.
  void offer(Block block) {
    newest.set(block);
    LockSupport.unpark(thread);
  }

  @Override
  public void run() {
    while (!stopped) {
      Block block = newest.getAndSet(null);
      if (block == null) {
        LockSupport.park(this);
      } else {
        feeds.forEach(feed -> feed.offer(block));
        rest();
      }
    }
  }

  private void rest() {
    long end = System.nanoTime() + every.toNanos();
    for (long left = every.toNanos(); left > 0 && !stopped; left = end - System.nanoTime()) {
      LockSupport.parkNanos(this, left);
    }
  }
}
