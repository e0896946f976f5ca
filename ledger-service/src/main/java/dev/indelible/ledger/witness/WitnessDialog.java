package dev.indelible.ledger.witness;

import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.witness.WitnessAnswer.Cosigned;
import dev.indelible.ledger.witness.WitnessAnswer.Fork;
import dev.indelible.ledger.witness.WitnessAnswer.Knows;
import dev.indelible.ledger.witness.WitnessAnswer.Silent;
import dev.indelible.ledger.witness.WitnessAnswer.Unclear;
import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.merkle.ConsistencyProof;
import dev.indelible.transparency.note.SignedNote;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/// What one log and one witness of it say to each other, and what follows from the answers. A log
/// freezes on nothing that it read only from a connection which may be to a former primary, and not
/// on what one witness says, which may be broken, but on what it shows. For one thread.
public final class WitnessDialog {
  private static final Logger LOG = Logger.getLogger(WitnessDialog.class);

  /// A witness may have moved on between two of our questions, but hardly four times.
  private static final int QUESTIONS = 4;

  private static final String RESTLESS = "each time it knows another size";

  private final LogSide log;
  private final WitnessSide witness;
  private long known;

  /// What came of asking a witness.
  public sealed interface Word {
    /// It has seen nothing that the log has not. There is nothing left to say.
    record Agrees() implements Word {}

    /// Nothing that says anything about the log. The witness has to be asked again.
    ///
    /// @param message what there was instead
    record Silent(String message) implements Word {}

    /// It says that it has seen another tree of this log than we have, and shows none. It has to be
    /// asked again.
    ///
    /// @param reason what it said
    record Doubts(String reason) implements Word {}

    /// It shows another tree than we have, with this log's signatures.
    ///
    /// @param reason which one
    record Proves(String reason) implements Word {}
  }

  /// A dialog that has not begun.
  public WitnessDialog(LogSide log, WitnessSide witness) {
    this.log = log;
    this.witness = witness;
  }

  String witness() {
    return witness.name();
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
          return spoken(note, ahead(size, leaves));
        }
        case Knows(long size) when size > sealed -> {
          return new Word.Agrees(); // It will be asked again with the next block.
        }
        case Knows(long size) -> proof = log.durableProof(size, sealed);
        case Fork fork -> {
          return spoken(note, refused(fork.message(), proof.from(), sealed));
        }
        case Unclear unclear -> {
          return unclear(note, unclear);
        }
        case Silent silent -> {
          return new Word.Silent(silent.message());
        }
      }
    }
    return new Word.Silent(RESTLESS);
  }

  /// Tells the witness about a block and keeps its cosignature.
  public Word deliver(Block block) throws SQLException, InterruptedException {
    SignedNote note = SignedNote.parse(block.note());
    boolean doubted = false;
    for (int i = 0; i < QUESTIONS; i++) {
      long from = known;
      if (from > block.end()) {
        // Asked anew next time: if it was a lie, it must not outlive the operator's correction.
        known = 0;
        return superseded(note, from);
      }
      ConsistencyProof proof =
          doubted ? log.durableProof(from, block.end()) : log.proof(from, block.end());
      switch (witness.addCheckpoint(proof, note)) {
        case Cosigned cosigned -> {
          known = block.end();
          log.keep(block, witness(), cosigned.line());
          return new Word.Agrees();
        }
        case Knows(long size) -> known = size;
        case Fork fork -> {
          if (doubted) {
            return spoken(note, refused(fork.message(), from, block.end()));
          }
          doubted = true; // The proof may have been read from a former primary.
        }
        case Unclear unclear -> {
          return unclear(note, unclear);
        }
        case Silent silent -> {
          LOG.debugf("witness %s: %s", witness(), silent.message());
          return new Word.Silent(silent.message());
        }
      }
    }
    return new Word.Silent(RESTLESS);
  }

  /// The witness is ahead of this block: by a newer block of ours, or by a tree we do not have.
  /// Blocks are made of leaves that are durable, so it can never know of more leaves than there
  /// are; of more than are sealed it can, when a failover took a block's row away.
  private Word superseded(SignedNote note, long size) throws SQLException, InterruptedException {
    long ours = log.leaves();
    return size > ours ? spoken(note, ahead(size, ours)) : new Word.Agrees();
  }

  /// What follows when it speaks of another tree.
  private Word spoken(SignedNote note, String said) throws SQLException, InterruptedException {
    return shown(note).<Word>map(Word.Proves::new).orElseGet(() -> new Word.Doubts(said));
  }

  /// What follows when it may speak of another tree or of nothing.
  private Word unclear(SignedNote note, Unclear answer) throws SQLException, InterruptedException {
    LOG.warnf("witness %s: %s", witness(), answer.message());
    return shown(note)
        .<Word>map(Word.Proves::new)
        .orElseGet(() -> new Word.Silent(answer.message()));
  }

  /// The other tree, if it shows one: its last checkpoint of this log, signed by us.
  private Optional<String> shown(SignedNote note) throws SQLException, InterruptedException {
    String origin = Checkpoint.parse(note.text()).origin();
    Optional<TreeHead> last = witness.lastCheckpoint(origin).flatMap(log::signed);
    if (last.isEmpty()) {
      return Optional.empty();
    }
    TreeHead theirs = last.get();
    long leaves = log.leaves();
    if (theirs.size() <= leaves && log.durableHead(theirs.size()).equals(theirs)) {
      return Optional.empty();
    }
    return Optional.of(
        "%s has seen %d leaves with the root %s under our signatures, we have %d leaves and not these"
            .formatted(witness(), theirs.size(), theirs.root().toBase64(), leaves));
  }

  private String ahead(long size, long ours) {
    return "%s says it has seen %d leaves, we have %d".formatted(witness(), size, ours);
  }

  private String refused(String message, long from, long to) {
    return "%s does not accept that %d leaves extend the %d it knows (%s)"
        .formatted(witness(), to, from, message);
  }
}
