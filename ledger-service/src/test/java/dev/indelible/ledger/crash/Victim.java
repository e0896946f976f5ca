package dev.indelible.ledger.crash;

import dev.indelible.ledger.DyingDatabase;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.block.BlockSealer;
import dev.indelible.ledger.block.BlockWitnessed;
import dev.indelible.ledger.block.Cosignatures;
import dev.indelible.ledger.block.StoresUnderTest;
import dev.indelible.ledger.log.LogStore;
import dev.indelible.ledger.log.PendingEntries;
import dev.indelible.ledger.log.Placement;
import dev.indelible.ledger.log.Submission;
import dev.indelible.ledger.log.WriterUnderTest;
import dev.indelible.ledger.testing.SetClock;
import dev.indelible.ledger.witness.AskedWitness;
import jakarta.enterprise.event.Event;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A writer that takes one step after the other and dies in one of them.
final class Victim {
  static final String ID = "victim";

  /// Nobody else is to come into office while it is at work.
  static final Duration TERM = Duration.ofDays(1);

  private final DyingDatabase database = new DyingDatabase();
  private final SetClock clock = new SetClock();
  private final Log log;
  private final Submission submission;
  private final AskedWitness witnesses;
  private final LogStore store;
  private final Cosignatures cosignatures;
  private final WriterUnderTest writer;
  private @Nullable Block sealed;
  private @Nullable PendingEntries pending;

  /// @param others what it hears from witnesses before its first entry
  Victim(
      Log log,
      Submission submission,
      AskedWitness witnesses,
      Event<BlockWitnessed> witnessed,
      WriterUnderTest.Others others) {
    this.log = log;
    this.submission = submission;
    this.witnesses = witnesses;
    this.store = WriterUnderTest.store(database.transactions());
    this.cosignatures = StoresUnderTest.cosignatures(database.transactions(), witnessed);
    BlockSealer sealer =
        new BlockSealer(StoresUnderTest.seals(database.transactions()), Clock.systemUTC());
    this.writer =
        new WriterUnderTest(
            log,
            new WriterUnderTest.Tools(
                ID, clock, store, sealer, others, block -> sealed = block.block()),
            TERM);
  }

  /// Lives up to a write.
  void live(Write until) throws Exception {
    for (Write write : until.before()) {
      take(write);
    }
  }

  /// Dies in it.
  void die(CrashTable.Row row) throws Exception {
    if (row.write() == Write.WITNESS) {
      // Nothing of ours is written; the witness writes, if it is asked.
      if (row.fate() == DyingDatabase.Fate.PERSISTED) {
        take(row.write());
      }
      return;
    }
    database.dieIn(row.fate(), row.before());
    try {
      take(row.write());
    } catch (SQLException e) {
      // As it was meant.
    }
    if (!database.isDead()) {
      throw new AssertionError("it did not die");
    }
  }

  private void take(Write write) throws Exception {
    switch (write) {
      case OFFICE -> writer.step();
      case APPEND, REPEAT -> {
        pending = writer.submit(List.of(submission));
        writer.step();
      }
      case BLOCK -> writer.seal();
      case WITNESS -> witnesses.cosign(log, "w0", block());
      case COSIGNATURE -> keep("w0");
      case QUORUM -> keep("w1");
      case RENEWAL -> {
        clock.move(TERM);
        writer.step();
      }
      case FREEZE -> writer.freeze("a writer under test says so");
      case LEAVING -> store.leaveOffice(log.name(), new LogStore.Holder(ID, ""));
    }
  }

  private void keep(String witness) throws Exception {
    cosignatures.add(log, block(), witness, witnesses.cosign(log, witness, block()));
  }

  private Block block() {
    return java.util.Objects.requireNonNull(sealed);
  }

  /// Where it said that its entry is, if it said so.
  Optional<Placement> told() {
    return pending == null || !pending.sequenced().isDone()
        ? Optional.empty()
        : Optional.of(pending.sequenced().join().getFirst());
  }

  /// Whether it showed a block with its entry.
  boolean showed() {
    return pending != null && pending.included().isDone();
  }
}
