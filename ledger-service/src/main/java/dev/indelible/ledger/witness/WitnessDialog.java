package dev.indelible.ledger.witness;

import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.witness.WitnessAnswer.Cosigned;
import dev.indelible.ledger.witness.WitnessAnswer.Fork;
import dev.indelible.ledger.witness.WitnessAnswer.Knows;
import dev.indelible.ledger.witness.WitnessAnswer.Silent;
import dev.indelible.transparency.merkle.ConsistencyProof;
import dev.indelible.transparency.note.SignedNote;
import java.sql.SQLException;
import java.util.List;
import org.jboss.logging.Logger;

/// What one log and one witness of it say to each other, and what follows from the answers. A log
/// freezes on nothing that it read only from a connection which may be to a former primary. For one
/// thread.
public final class WitnessDialog {
  private static final Logger LOG = Logger.getLogger(WitnessDialog.class);

  /// A witness may have moved on between two of our questions, but hardly four times.
  private static final int QUESTIONS = 4;

  private final LogSide log;
  private final WitnessSide witness;
  private long known;

  /// What came of telling a witness about a block.
  public sealed interface Outcome {
    /// There is nothing left to say about this block.
    record Settled() implements Outcome {}

    /// The witness has to be asked again.
    record Unsettled() implements Outcome {}

    /// It has seen another tree of this log than we have.
    ///
    /// @param reason what it said
    record Forked(String reason) implements Outcome {}
  }

  /// What a witness says before a writer's first entry.
  public sealed interface Word {
    /// It remembers nothing that the log has not.
    record Agrees() implements Word {}

    /// It remembers more, or another tree.
    ///
    /// @param reason what it said
    record Objects(String reason) implements Word {}

    /// Nothing that says anything about the log.
    ///
    /// @param message what there was instead
    record Silent(String message) implements Word {}
  }

  /// A dialog that has not begun.
  public WitnessDialog(LogSide log, WitnessSide witness) {
    this.log = log;
    this.witness = witness;
  }

  /// Asks, before a writer's first entry, whether the witness remembers more than we do.
  ///
  /// @param sealed leaves under the newest checkpoint
  /// @param note that checkpoint, or one over nothing, which agrees with every tree
  /// @param leaves how many the log has, sealed or not: a predecessor may have sealed and told the
  ///   witness more than we saw sealed, but never more than it had committed
  public Word ask(long sealed, SignedNote note, long leaves)
      throws SQLException, InterruptedException {
    ConsistencyProof proof = new ConsistencyProof(0, sealed, List.of());
    for (int i = 0; i < QUESTIONS; i++) {
      switch (witness.addCheckpoint(proof, note)) {
        case Cosigned cosigned -> {
          return new Word.Agrees();
        }
        case Knows(long size) when size > leaves -> {
          return new Word.Objects(ahead(size, leaves));
        }
        case Knows(long size) when size > sealed -> {
          return new Word.Agrees(); // It will be asked again with the next block.
        }
        case Knows(long size) -> proof = log.durableProof(size, sealed);
        case Fork fork -> {
          return new Word.Objects(refused(fork.message(), proof.from(), sealed));
        }
        case WitnessAnswer.Silent silent -> {
          return new Word.Silent(silent.message());
        }
      }
    }
    return new Word.Silent("each time it knows another size");
  }

  /// Tells the witness about a block and keeps its cosignature.
  public Outcome deliver(Block block) throws SQLException, InterruptedException {
    SignedNote note = SignedNote.parse(block.note());
    boolean doubted = false;
    for (int i = 0; i < QUESTIONS; i++) {
      long from = known;
      if (from > block.end()) {
        // Asked anew next time: if it was a lie, it must not outlive the operator's correction.
        known = 0;
        return superseded(from);
      }
      ConsistencyProof proof =
          doubted ? log.durableProof(from, block.end()) : log.proof(from, block.end());
      switch (witness.addCheckpoint(proof, note)) {
        case Cosigned cosigned -> {
          known = block.end();
          log.keep(block, witness.name(), cosigned.line());
          return new Outcome.Settled();
        }
        case Knows(long size) -> known = size;
        case Fork fork -> {
          if (doubted) {
            return new Outcome.Forked(refused(fork.message(), from, block.end()));
          }
          doubted = true; // The proof may have been read from a former primary.
        }
        case Silent silent -> {
          LOG.debugf("witness %s: %s", witness.name(), silent.message());
          return new Outcome.Unsettled();
        }
      }
    }
    return new Outcome.Unsettled();
  }

  /// The witness is ahead of this block: by a newer block of ours, or by a tree we do not have.
  /// Blocks are made of leaves that are durable, so it can never know of more leaves than there
  /// are; of more than are sealed it can, when a failover took a block's row away.
  private Outcome superseded(long size) throws SQLException {
    long ours = log.leaves();
    return size > ours ? new Outcome.Forked(ahead(size, ours)) : new Outcome.Settled();
  }

  private String ahead(long size, long ours) {
    return "%s has seen %d leaves, we have %d".formatted(witness.name(), size, ours);
  }

  private String refused(String message, long from, long to) {
    return "%s does not accept that %d leaves extend the %d it knows (%s)"
        .formatted(witness.name(), to, from, message);
  }
}
