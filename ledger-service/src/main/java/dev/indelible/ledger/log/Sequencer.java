package dev.indelible.ledger.log;

import dev.indelible.ledger.KeyMissingException;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.block.BlockSealer;
import dev.indelible.ledger.block.ClockException;
import dev.indelible.ledger.block.SealedBlock;
import dev.indelible.ledger.block.SelfCheckException;
import dev.indelible.ledger.head.FrozenException;
import dev.indelible.ledger.head.Head;
import dev.indelible.ledger.witness.StartCheck;
import dev.indelible.ledger.witness.StartVerdict;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Gives the entries of one log their order.
///
/// One thread takes the office, asks the witnesses, seals what a predecessor left unsealed, and
/// then appends one batch after the other; [Sealing] seals them beside it. Any failure of either,
/// however small, has one consequence: the office is lost and taken anew, under a new epoch that
/// ends whatever was under way, and what has no block is appended again. That is harmless, since an
/// entry that is in the log already is found by its leaf hash.
final class Sequencer implements Runnable {
  private static final Logger LOG = Logger.getLogger(Sequencer.class);
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final Duration OUT_OF_OFFICE = Duration.ofMillis(250);
  private static final Duration UNHEARD = Duration.ofSeconds(1);
  private static final Duration AFTER_FAILURE = Duration.ofMillis(100);
  private static final Duration A_MOMENT = Duration.ofMillis(5);

  /// After this many a batch is given back to its submitters.
  private static final int MOST_FAILURES = 3;

  private final Log log;
  private final Tools tools;
  private final Office office;
  private final EntryQueue queue;
  private final LogMetrics metrics;
  private final Sealing sealing;
  private final KnownTree known = new KnownTree();
  private List<PendingEntries> batch = List.of();
  private int failures;
  private volatile boolean stopped;
  private volatile @Nullable String halted;
  private volatile @Nullable String unheard;

  /// What a sequencer works with.
  ///
  /// @param store the log's durable state
  /// @param sealer makes blocks
  /// @param startCheck what the witnesses say before the first entry
  /// @param unsaid entries that the log itself has yet to make
  /// @param sealed hears of every new block
  record Tools(
      LogStore store,
      BlockSealer sealer,
      WitnessesAtStart startCheck,
      Unsaid unsaid,
      Consumer<SealedBlock> sealed) {}

  /// Asks whoever remembers the log.
  interface WitnessesAtStart {
    /// What they say.
    ///
    /// @param size how many leaves the log has, sealed or not
    /// @param office to be kept meanwhile
    StartVerdict ask(Log log, long size, StartCheck.Office office)
        throws SQLException, InterruptedException;
  }

  /// The log's own entries that are missing.
  interface Unsaid {
    List<Submission> entries() throws SQLException;
  }

  Sequencer(Log log, Tools tools, Office office, EntryQueue queue, LogMetrics metrics) {
    this.log = log;
    this.tools = tools;
    this.office = office;
    this.queue = queue;
    this.metrics = metrics;
    this.sealing = new Sealing(log, tools.sealer(), metrics, tools.sealed());
  }

  /// What has to run beside this.
  Sealing sealing() {
    return sealing;
  }

  /// Queues submissions that are answered together.
  PendingEntries submit(List<Submission> submissions) {
    // Here the submitter's time is spent, later that of all.
    submissions.forEach(submission -> submission.tokenKeys(log.name()));
    PendingEntries pending = PendingEntries.of(submissions);
    queue.add(pending);
    return pending;
  }

  /// Whether this process writes the log at the moment.
  boolean isWriting() {
    return office.isHeld();
  }

  /// Why the log takes no entries, if an operator has to act first.
  Optional<String> halted() {
    return Optional.ofNullable(halted);
  }

  /// Why this process waits before it writes, if witnesses have to be heard first.
  Optional<String> unheard() {
    return Optional.ofNullable(unheard);
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
    try {
      while (!stopped) {
        Thread.sleep(step(PATIENCE));
      }
      while (!sealing.isDone()) {
        Thread.sleep(A_MOMENT);
      }
    } catch (InterruptedException e) {
      stopped = true;
    }
    leave();
    refuseAll();
  }

  /// Takes the office, or deals with one batch.
  ///
  /// @param patience how long to wait for a batch
  /// @return how long to rest before the next step
  Duration step(Duration patience) throws InterruptedException {
    try {
      return tryStep(patience);
    } catch (SelfCheckException | ForkException e) {
      return freezeIfStillInOffice(String.valueOf(e.getMessage()));
    } catch (ClockException | KeyMissingException e) {
      halt(String.valueOf(e.getMessage()));
    } catch (FrozenException e) {
      halted = e.getMessage();
      leave();
    } catch (SQLException | RuntimeException e) {
      // Whatever it was: nothing is answered, and the office is taken anew before anything is.
      LOG.warnf(e, "log %s: office lost", log.name());
      stepDown();
      return AFTER_FAILURE;
    } catch (Error e) {
      // This JVM is not to be trusted with a signature any more; health says so.
      LOG.errorf(e, "log %s", log.name());
      halt(e.toString());
    }
    return Duration.ZERO;
  }

  private Duration tryStep(Duration patience)
      throws SQLException, InterruptedException, ForkException {
    sealing.requireSound();
    if (office.isHeld() && halted != null) {
      leave();
    }
    if (!office.isHeld()) {
      return takeOffice();
    }
    office.renew();
    if (batch.isEmpty() && sealing.hasRoom(patience)) {
      batch = queue.take(patience);
    }
    if (!batch.isEmpty()) {
      sequence();
    }
    return Duration.ZERO;
  }

  private Duration takeOffice() throws SQLException, InterruptedException, ForkException {
    if (!sealing.isAtRest()) {
      return A_MOMENT;
    }
    batch = Stream.concat(sealing.recall().stream(), batch.stream()).toList();
    Head seen = tools.store().head(log.name());
    known.saw(seen);
    halted = seen.frozen().orElse(null);
    Optional<Head> head = seen.frozen().isPresent() ? Optional.empty() : office.take();
    if (head.isEmpty()) {
      unheard = null;
      refuseAll();
      return OUT_OF_OFFICE;
    }
    known.begin(head.get());
    Duration behind = tools.sealer().behind(log);
    if (behind.isPositive()) {
      office.lose();
      return behind;
    }
    return hearWitnesses() ? inaugurate() : UNHEARD;
  }

  /// Whether the writer knows all that was ever signed: from the witnesses, or, when they are
  /// silent, because it has heard them before and since then nobody but itself has written. Else
  /// the database may be an old copy, and a signature would fork the log. Then the office is given
  /// back, so that another process may try, and entries wait with their submitters.
  private boolean hearWitnesses() throws SQLException, InterruptedException, ForkException {
    StartVerdict verdict = tools.startCheck().ask(log, known.range().size(), office::renew);
    if (verdict instanceof StartVerdict.Objected(String reason)) {
      throw new ForkException(reason);
    }
    Optional<String> silent = verdict.unheard();
    if (silent.isPresent() && !known.isAll()) {
      if (unheard == null) {
        LOG.warnf("log %s: nothing is signed before a quorum speaks: %s", log.name(), silent.get());
      }
      unheard = silent.get();
      leave();
      refuseAll();
      return false;
    }
    known.heard();
    unheard = null;
    return true;
  }

  /// Seals what a predecessor committed and did not get to seal, then says what the log itself has
  /// to say. A crash here leaves just such a tail to the next writer.
  private Duration inaugurate() throws SQLException {
    Optional<SealedBlock> last = tools.sealer().sealRest(log, office.epoch(), known.range().head());
    List<Submission> own = tools.unsaid().entries();
    if (!own.isEmpty()) {
      known.grow(tools.store().append(log.name(), office.epoch(), known.range(), own).range());
      last = tools.sealer().sealRest(log, office.epoch(), known.range().head());
    }
    SealedBlock newest = last.orElseThrow();
    metrics.sealed(newest.block());
    tools.sealed().accept(newest);
    sealing.open(office.epoch(), newest.block());
    metrics.lead(office.epoch());
    LOG.infof("log %s: writing in epoch %d", log.name(), office.epoch());
    return Duration.ZERO;
  }

  private void sequence() throws SQLException {
    List<Submission> submissions =
        batch.stream().flatMap(pending -> pending.submissions().stream()).toList();
    long start = System.nanoTime();
    // Crash before the commit: nothing happened. Crash after: the next writer seals the tail.
    BatchPlan plan = tools.store().append(log.name(), office.epoch(), known.range(), submissions);
    known.grow(plan.range());
    metrics.appended(System.nanoTime() - start, plan);
    answer(plan.placements());
    // The commit returned cleanly, so its head can be signed: it cannot be lost any more.
    sealing.add(new Sealing.Appended(batch, plan, start));
    batch = List.of();
    failures = 0;
  }

  private void answer(List<Placement> placements) {
    int at = 0;
    for (PendingEntries pending : batch) {
      pending.sequenced().complete(placements.subList(at, at + pending.size()));
      at += pending.size();
    }
  }

  private void stepDown() {
    office.lose();
    sealing.close();
    metrics.follow();
    failures++;
    if (failures >= MOST_FAILURES) {
      refuseAll();
    }
  }

  /// What was read may be old, if this office is over without our knowing: then nothing is wrong.
  private Duration freezeIfStillInOffice(String reason) {
    try {
      office.confirm();
    } catch (SQLException | RuntimeException e) {
      LOG.warnf(e, "log %s: office lost, so this says nothing: %s", log.name(), reason);
      stepDown();
      return AFTER_FAILURE;
    }
    freeze(reason);
    leave();
    return Duration.ZERO;
  }

  /// Stops all processes from writing this log, now and after every restart. May be called by any
  /// thread: the column in the head row stops a batch under way.
  void freeze(String reason) {
    LOG.errorf("log %s is frozen: %s", log.name(), reason);
    metrics.selfCheckFailed();
    halted = reason;
    try {
      tools.store().freeze(log.name(), reason);
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
    sealing.close();
  }

  private void leave() {
    sealing.close();
    metrics.follow();
    try {
      office.leave();
    } catch (SQLException | IllegalStateException e) {
      LOG.debugf(e, "log %s: the lease will run out by itself", log.name());
    }
  }

  private void refuseAll() {
    List<PendingEntries> all = new ArrayList<>(sealing.recall());
    all.addAll(batch);
    all.addAll(queue.drain());
    batch = List.of();
    failures = 0;
    all.forEach(PendingEntries::refuse);
  }
}
