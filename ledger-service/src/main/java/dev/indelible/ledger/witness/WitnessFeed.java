package dev.indelible.ledger.witness;

import dev.indelible.ledger.LedgerConfig;
import dev.indelible.ledger.block.Block;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Keeps one witness up to date about one log: always the newest block that it is offered. A slow
/// witness sees fewer of them and keeps no other waiting.
final class WitnessFeed implements Runnable {
  private static final Logger LOG = Logger.getLogger(WitnessFeed.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  private final String name;
  private final Delivery delivery;
  private final LedgerConfig config;
  private final AtomicReference<@Nullable Block> next = new AtomicReference<>();
  private volatile boolean stopped;
  private volatile @Nullable Thread thread;

  /// One attempt to tell a witness about a block.
  interface Delivery {
    /// Whether there is nothing left to say about this block.
    boolean deliver(Block block) throws Exception;
  }

  /// @param name names the witness and the log
  WitnessFeed(String name, Delivery delivery, LedgerConfig config) {
    this.name = name;
    this.delivery = delivery;
    this.config = config;
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
    Duration pause = FIRST_PAUSE;
    while (!stopped) {
      Block block = next.get();
      if (block == null) {
        LockSupport.park(this);
      } else if (isDelivered(block)) {
        next.compareAndSet(block, null);
        pause = FIRST_PAUSE;
      } else {
        pause = sleep(pause);
      }
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

  /// Sleeps between half of the pause and all of it, so that logs do not call in step.
  private Duration sleep(Duration pause) {
    long millis = pause.toMillis();
    LockSupport.parkNanos(
        this,
        TimeUnit.MILLISECONDS.toNanos(
            ThreadLocalRandom.current().nextLong(millis / 2, millis + 1)));
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(config.witnessPause()) < 0 ? doubled : config.witnessPause();
  }
}
