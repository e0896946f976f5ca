package dev.indelible.ledger.witness;

import dev.indelible.ledger.block.Block;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Keeps one witness up to date about one log: always the newest block that it is offered. A slow
/// witness sees fewer of them and keeps no other waiting.
final class WitnessFeed implements Runnable {
  private static final Logger LOG = Logger.getLogger(WitnessFeed.class);

  private final String name;
  private final Delivery delivery;
  private final Pauses pauses;
  private final AtomicReference<@Nullable Block> next = new AtomicReference<>();
  private volatile boolean stopped;
  private volatile @Nullable Thread thread;

  /// One attempt to tell a witness about a block.
  interface Delivery {
    /// Whether there is nothing left to say about this block.
    boolean deliver(Block block) throws Exception;
  }

  /// @param name names the witness and the log
  WitnessFeed(String name, Delivery delivery, Pauses pauses) {
    this.name = name;
    this.delivery = delivery;
    this.pauses = pauses;
  }

  void start() {
    thread = Thread.ofVirtual().name("witness-" + name).start(this);
  }

  void stop() {
    stopped = true;
    wake();
  }

  /// Says that there is a newer block. Never waits.
  void offer(Block block) {
    next.set(block);
    wake();
  }

  private void wake() {
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }

  @Override
  public void run() {
    while (!stopped) {
      Block block = next.get();
      if (block == null) {
        LockSupport.park(this);
      } else if (isDelivered(block)) {
        next.compareAndSet(block, null);
        pauses.reset();
      } else {
        pause(pauses.next());
      }
    }
  }

  /// To its end, although there are newer blocks meanwhile: a witness that is in trouble is not
  /// asked as often as there are blocks.
  private void pause(Duration pause) {
    long end = System.nanoTime() + pause.toNanos();
    for (long left = pause.toNanos(); left > 0 && !stopped; left = end - System.nanoTime()) {
      LockSupport.parkNanos(this, left);
    }
  }

  private boolean isDelivered(Block block) {
    try {
      return delivery.deliver(block);
    } catch (InterruptedException e) {
      stopped = true;
      return false;
    } catch (Exception e) {
      LOG.warnf("witness %s: %s", name, e);
      return false;
    }
  }
}
