package dev.indelible.ledger.log;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.block.BlockSealed;
import dev.indelible.ledger.block.BlockSealer;
import dev.indelible.ledger.block.BlockStore;
import dev.indelible.ledger.block.ClockException;
import dev.indelible.ledger.block.SelfCheckException;
import dev.indelible.ledger.witness.StartCheck;
import jakarta.enterprise.event.Event;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Gives the entries of one log their order.
///
/// One thread does everything, in this order: take the office, ask the witnesses, seal what a
/// predecessor left unsealed; then for each batch append, seal, answer. Any failure, however small,
/// has one consequence: the office is lost and taken anew, under a new epoch that ends whatever was
/// under way, and the batch is appended again. That is harmless, since an entry that is in the log
/// already is found by its leaf hash.
final class Sequencer implements Runnable {
  private static final Logger LOG = Logger.getLogger(Sequencer.class);
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final Duration OUT_OF_OFFICE = Duration.ofMillis(250);

  /// After this many a batch is given back to its submitters.
  private static final int MOST_FAILURES = 3;

  private final Log log;
  private final Tools tools;
  private final Office office;
  private final EntryQueue queue;
  private final LogStatements statements;
  private final LogMetrics metrics;
  private List<PendingEntry> batch = List.of();
  private int failures;
  private volatile boolean stopped;
  private volatile @Nullable String halted;

  /// What sequencers share.
  record Tools(
      Transactions transactions,
      Appender appender,
      BlockSealer sealer,
      StartCheck startCheck,
      Event<BlockSealed> sealed) {}

  Sequencer(
      Log log,
      Tools tools,
      Office office,
      EntryQueue queue,
      LogStatements statements,
      LogMetrics metrics) {
    this.log = log;
    this.tools = tools;
    this.office = office;
    this.queue = queue;
    this.statements = statements;
    this.metrics = metrics;
  }

  /// Queues a submission. The answer comes when the block that answers for it is durable.
  CompletableFuture<Placement> submit(Submission submission) {
    PendingEntry pending = PendingEntry.of(submission);
    queue.add(pending);
    return pending.placement();
  }

  /// Whether this process writes the log at the moment.
  boolean isWriting() {
    return office.isHeld();
  }

  /// Why the log takes no entries, if an operator has to act first.
  Optional<String> halted() {
    return Optional.ofNullable(halted);
  }

  void stop() {
    stopped = true;
  }

  /// Hears that a block has its quorum.
  void witnessed(Block block) {
    metrics.witnessed(block);
  }

  @Override
  public void run() {
    while (!stopped) {
      try {
        step();
      } catch (SelfCheckException | ForkException e) {
        freeze(String.valueOf(e.getMessage()));
        leave();
      } catch (ClockException e) {
        halt(String.valueOf(e.getMessage()));
      } catch (FrozenException e) {
        halted = e.getMessage();
        leave();
      } catch (InterruptedException e) {
        stopped = true;
      } catch (Exception e) {
        // Whatever it was: nothing is answered, and the office is taken anew before anything is.
        LOG.warnf(e, "log %s: office lost", log.name());
        stepDown();
      } catch (Error e) {
        // This JVM is not to be trusted with a signature any more; health says so.
        LOG.errorf(e, "log %s", log.name());
        halt(e.toString());
      }
    }
    close();
  }

  private void step() throws SQLException, InterruptedException, ForkException {
    if (office.isHeld() && halted != null) {
      leave();
    }
    if (!office.isHeld() && !takeOffice()) {
      refuseAll();
      Thread.sleep(OUT_OF_OFFICE);
      return;
    }
    office.renew();
    if (batch.isEmpty()) {
      batch = queue.take(PATIENCE);
    }
    if (!batch.isEmpty()) {
      sequence();
    }
  }

  private boolean takeOffice() throws SQLException, InterruptedException, ForkException {
    Optional<String> frozen =
        tools.transactions().read(connection -> HeadStore.read(connection, log.name())).frozen();
    halted = frozen.orElse(null);
    if (frozen.isPresent() || !office.take()) {
      return false;
    }
    Optional<String> alarm = tools.startCheck().alarm(log);
    if (alarm.isPresent()) {
      throw new ForkException(alarm.get());
    }
    inaugurate();
    metrics.lead(office.epoch());
    LOG.infof("log %s: writing in epoch %d", log.name(), office.epoch());
    return true;
  }

  /// Seals what a predecessor committed and did not get to seal, then says what the log itself has
  /// to say. A crash here leaves just such a tail to the next writer.
  private void inaugurate() throws SQLException, InterruptedException {
    tools.sealer().awaitClock(log);
    Optional<Block> last = tools.sealer().seal(log);
    List<Submission> own = tools.transactions().read(statements::missing);
    if (!own.isEmpty()) {
      tools.appender().append(log.name(), office.epoch(), own);
      last = tools.sealer().seal(log);
    }
    announce(last.orElseThrow());
    tools
        .transactions()
        .read(connection -> BlockStore.lastWitnessed(connection, log.name()))
        .ifPresent(metrics::witnessed);
  }

  private void sequence() throws SQLException {
    List<Submission> submissions = batch.stream().map(PendingEntry::submission).toList();
    long start = System.nanoTime();
    // Crash before the commit: nothing happened. Crash after: the next writer seals the tail.
    List<Placement> placements = tools.appender().append(log.name(), office.epoch(), submissions);
    // The commit returned cleanly, so what is signed now cannot be lost any more.
    Block block = tools.sealer().seal(log).orElseThrow();
    metrics.integrated(System.nanoTime() - start, placements);
    announce(block);
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).placement().complete(placements.get(i));
    }
    batch = List.of();
    failures = 0;
  }

  private void announce(Block block) {
    metrics.sealed(block);
    tools.sealed().fire(new BlockSealed(log, block));
  }

  private void stepDown() {
    office.lose();
    metrics.follow();
    failures++;
    if (failures >= MOST_FAILURES) {
      refuseAll();
    }
    pause();
  }

  private static void pause() {
    try {
      Thread.sleep(Duration.ofMillis(100));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Stops all processes from writing this log, now and after every restart. May be called by any
  /// thread: the column in the head row stops a batch under way.
  void freeze(String reason) {
    LOG.errorf("log %s is frozen: %s", log.name(), reason);
    metrics.selfCheckFailed();
    halted = reason;
    try {
      tools
          .transactions()
          .write(
              connection -> {
                HeadStore.freeze(connection, log.name(), reason);
                return true;
              });
    } catch (SQLException e) {
      LOG.errorf(e, "log %s: the freeze could not be written down", log.name());
      stopped = true;
    }
  }

  /// Stops this process from writing this log until it is started again.
  private void halt(String reason) {
    LOG.errorf("log %s is no longer written here: %s", log.name(), reason);
    halted = reason;
    stopped = true;
  }

  private void close() {
    leave();
    refuseAll();
  }

  private void leave() {
    metrics.follow();
    try {
      office.leave();
    } catch (SQLException | IllegalStateException e) {
      LOG.debugf(e, "log %s: the lease will run out by itself", log.name());
    }
  }

  private void refuseAll() {
    List<PendingEntry> all = new ArrayList<>(batch);
    all.addAll(queue.drain());
    batch = List.of();
    failures = 0;
    all.forEach(entry -> entry.placement().completeExceptionally(new NotWritingException()));
  }
}
