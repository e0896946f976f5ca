package dev.indelible.ledger.simulation;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.block.BlockSealer;
import dev.indelible.ledger.block.SealStore;
import dev.indelible.ledger.block.SealedBlock;
import dev.indelible.ledger.block.Tail;
import dev.indelible.ledger.log.PendingEntries;
import dev.indelible.ledger.log.Submission;
import dev.indelible.ledger.log.WriterUnderTest;
import dev.indelible.ledger.simulation.Baton.Task;
import dev.indelible.ledger.simulation.Surroundings.Rule;
import dev.indelible.ledger.witness.StartVerdict;
import dev.indelible.transparency.TreeHead;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One ledger process with the real writer in it: a thread that appends, one that seals and one
/// that tells the witnesses. It dies with all that it remembers, and is started again.
final class LedgerProcess {
  private static final Duration STEP = Duration.ofMillis(20);
  private static final Duration FEED = Duration.ofMillis(30);

  private final String name;
  private final int number;
  private final Surroundings around;
  private final Log log;
  private final List<Witness> all;
  private final SimulatedClock clock;
  private final List<Task> tasks = new ArrayList<>();
  private int life;
  private @Nullable WriterUnderTest writer;
  private @Nullable Block news;

  LedgerProcess(int number, Surroundings around, Log log, List<Witness> witnesses) {
    this.name = "process " + number;
    this.number = number;
    this.around = around;
    this.log = log;
    this.all = witnesses;
    this.clock = new SimulatedClock(around.baton());
  }

  SimulatedClock clock() {
    return clock;
  }

  boolean isAlive() {
    return writer != null;
  }

  void start() {
    life++;
    news = null;
    Session session = new Session(around, this::die);
    Witnesses witnesses = new Witnesses(around, session, all);
    WriterUnderTest.Tools tools =
        new WriterUnderTest.Tools(
            name + "." + life,
            clock,
            new SimulatedLogStore(around, session),
            sealer(session),
            others(session, witnesses),
            block -> news = block.block());
    WriterUnderTest started = new WriterUnderTest(log, tools);
    writer = started;
    tasks.add(around.baton().start(name + "." + life, () -> write(started)));
    tasks.add(around.baton().start(name + "." + life + " sealing", () -> seal(started)));
    tasks.add(around.baton().start(name + "." + life + " feed", () -> feed(started, witnesses)));
  }

  /// The real one; or, without the rule, one that signs what a read shows.
  private BlockSealer sealer(Session session) {
    SealStore store = new SimulatedSealStore(around, session);
    if (around.rules().keep(Rule.OWN_HEAD)) {
      return new BlockSealer(store, clock);
    }
    return new BlockSealer(store, clock) {
      @Override
      public Optional<SealedBlock> seal(Log its, long epoch, Tail tail) throws SQLException {
        TreeHead shown = session.read("head", it -> it.rows().head().range().head());
        return super.seal(its, epoch, new Tail(tail.last(), shown, tail.tokens()));
      }
    };
  }

  /// Ends the process at once.
  void die() {
    tasks.forEach(Task::kill);
    tasks.clear();
    writer = null;
  }

  /// Hands submissions to the writer, whether it is in office or not.
  Optional<PendingEntries> submit(List<Submission> submissions) {
    return Optional.ofNullable(writer).map(alive -> alive.submit(submissions));
  }

  boolean isWriting() {
    return writer != null && writer.isWriting();
  }

  private WriterUnderTest.Others others(Session session, Witnesses witnesses) {
    return new WriterUnderTest.Others() {
      @Override
      public StartVerdict ask(long size) {
        return witnesses.ask(size);
      }

      @Override
      public List<Submission> unsaid() throws SQLException {
        List<Submission> held = session.read("unsaid", it -> it.rows().head().entries());
        return held.stream().anyMatch(Cast.SHARED::isOwn) ? List.of() : Cast.SHARED.own(number);
      }
    };
  }

  private void write(WriterUnderTest started) {
    try {
      while (started.halted().isEmpty()) {
        Duration rest = started.step();
        around.baton().sleep(rest.plus(STEP));
      }
      around.truth().tell("halted: " + started.halted().orElseThrow());
      die();
    } catch (InterruptedException e) {
      around.truth().violation("interrupted");
    }
  }

  private void seal(WriterUnderTest started) {
    try {
      while (true) {
        started.seal();
        around.baton().sleep(STEP);
      }
    } catch (InterruptedException e) {
      around.truth().violation("interrupted");
    }
  }

  private void feed(WriterUnderTest started, Witnesses witnesses) {
    while (true) {
      Block block = news;
      if (block != null) {
        try {
          Optional<String> fork = witnesses.deliver(block);
          fork.ifPresent(started::freeze);
        } catch (InterruptedException e) {
          around.truth().violation("interrupted");
        } catch (SQLException | RuntimeException e) {
          around.truth().tell("the feed tries again: " + e.getMessage());
        }
      }
      around.baton().sleep(FEED);
    }
  }
}
