package dev.indelible.ledger.simulation;

import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.simulation.Faults.Kind;
import dev.indelible.ledger.simulation.Rows.Blocks;
import dev.indelible.ledger.simulation.Session.Change;
import dev.indelible.ledger.simulation.Surroundings.Rule;
import dev.indelible.ledger.witness.LogSide;
import dev.indelible.ledger.witness.StartVerdict;
import dev.indelible.ledger.witness.WitnessAnswer;
import dev.indelible.ledger.witness.WitnessAnswer.Silent;
import dev.indelible.ledger.witness.WitnessDialog;
import dev.indelible.ledger.witness.WitnessDialog.Word;
import dev.indelible.ledger.witness.WitnessSide;
import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.merkle.ConsistencyProof;
import dev.indelible.transparency.merkle.Proofs;
import dev.indelible.transparency.note.NoteSignature;
import dev.indelible.transparency.note.SignedNote;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// How one process speaks with the witnesses: the real dialogs, over calls that get lost.
final class Witnesses implements LogSide {
  private static final int QUORUM = 2;

  private final Surroundings around;
  private final Session session;
  private final List<Witness> witnesses;
  private final List<WitnessDialog> feeds;

  Witnesses(Surroundings around, Session session, List<Witness> witnesses) {
    this.around = around;
    this.session = session;
    this.witnesses = witnesses;
    this.feeds = dialogs();
  }

  private List<WitnessDialog> dialogs() {
    return witnesses.stream()
        .map(witness -> new WitnessDialog(this, new Line(around, session, witness)))
        .toList();
  }

  /// `StartCheck`: what the witnesses say of a log of so many leaves.
  StartVerdict ask(long leaves) {
    try {
      Optional<Block> last = last();
      long sealed = last.map(Block::end).orElse(0L);
      SignedNote note =
          last.map(block -> SignedNote.parse(block.note())).orElseGet(Cast.SHARED::emptyLog);
      long ours = around.rules().keep(Rule.ALARM) ? leaves : sealed;
      Map<String, Word> words = new HashMap<>();
      List<WitnessDialog> dialogs = dialogs();
      for (int i = 0; i < dialogs.size(); i++) {
        words.put(witnesses.get(i).name(), dialogs.get(i).ask(sealed, note, ours));
      }
      return StartVerdict.of(names -> names.size() >= QUORUM, words);
    } catch (SQLException e) {
      throw new IllegalStateException("the database did not answer", e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts", e);
    }
  }

  /// Tells all of them about a block.
  ///
  /// @return why the log has to be frozen, if one of them says so
  Optional<String> deliver(Block block) throws SQLException, InterruptedException {
    Optional<String> fork = Optional.empty();
    for (WitnessDialog feed : feeds) {
      Word word = feed.deliver(block);
      fork = fork.or(() -> another(word));
    }
    return fork;
  }

  /// No witness here ever lies, so that its word is as bad as what it shows.
  private static Optional<String> another(Word word) {
    return switch (word) {
      case Word.Proves(String reason) -> Optional.of(reason);
      case Word.Doubts(String reason) -> Optional.of(reason);
      case Word.Agrees agrees -> Optional.empty();
      case Word.Silent silent -> Optional.empty();
    };
  }

  @Override
  public Optional<Block> last() throws SQLException {
    return durable("last", rows -> rows.sealed().last());
  }

  /// The real number; or, without the rule, what a read finds sealed.
  @Override
  public long leaves() throws SQLException {
    return around.rules().keep(Rule.ALARM)
        ? durable("count", rows -> rows.head().range().size())
        : last().map(Block::end).orElse(0L);
  }

  @Override
  public ConsistencyProof proof(long from, long to) throws SQLException {
    return session.read("proof", it -> Proofs.consistency(from, to, it.rows().head().tiles()));
  }

  @Override
  public ConsistencyProof durableProof(long from, long to) throws SQLException {
    return durable("proof", rows -> Proofs.consistency(from, to, rows.head().tiles()));
  }

  /// Every checkpoint here is the log's.
  @Override
  public Optional<TreeHead> signed(SignedNote note) {
    return Optional.of(Checkpoint.parse(note.text()).head());
  }

  @Override
  public TreeHead durableHead(long size) throws SQLException {
    return durable("head", rows -> Proofs.head(size, rows.head().tiles()));
  }

  /// `DurableReads`; or, without the rule, what any connection shows.
  private <T> T durable(String what, Function<Rows, T> read) throws SQLException {
    return around.rules().keep(Rule.ALARM)
        ? session.write(what, it -> new Change<>(read.apply(it.rows()), it.rows().withBarrier()))
        : session.read(what, it -> read.apply(it.rows()));
  }

  /// `Cosignatures.add`.
  @Override
  public void keep(Block block, String witness, NoteSignature line) throws SQLException {
    boolean ignored =
        session.write(
            "cosignature of " + witness + " on block " + block.number(),
            connection -> {
              Rows rows = connection.rows();
              Blocks sealed = rows.sealed();
              Block stored = sealed.byNumber().get(block.number());
              if (sealed.lastWitnessed() > block.number()
                  || stored == null
                  || !stored.head().equals(block.head())) {
                return new Change<>(false, rows);
              }
              Blocks more = sealed.withCosigner(block.number(), witness);
              boolean settled = more.cosigners().get(block.number()).size() >= QUORUM;
              return new Change<>(
                  settled, rows.with(settled ? more.withWitnessed(block.number()) : more));
            });
  }

  /// The line to one witness.
  private record Line(Surroundings around, Session session, Witness witness)
      implements WitnessSide {
    @Override
    public String name() {
      return witness.name();
    }

    @Override
    public WitnessAnswer addCheckpoint(ConsistencyProof proof, SignedNote note) {
      TreeHead head = Checkpoint.parse(note.text()).head();
      try {
        session.send("ask " + name());
        if (around.faults().happens(Kind.LATE)) {
          around.later("ask " + name(), () -> witness.addCheckpoint(proof, head));
          return new Silent("no answer");
        }
        WitnessAnswer answer = witness.addCheckpoint(proof, head);
        if (around.faults().happens(Kind.REPEATED)) {
          around.later("ask " + name() + " again", () -> witness.addCheckpoint(proof, head));
        }
        session.hear("ask " + name());
        return answer;
      } catch (SQLException e) {
        return new Silent("no answer");
      }
    }

    @Override
    public Optional<SignedNote> lastCheckpoint(String origin) {
      try {
        session.send("look at " + name());
        TreeHead shown = witness.known();
        session.hear("look at " + name());
        return Optional.of(Cast.unsigned(shown));
      } catch (SQLException e) {
        return Optional.empty();
      }
    }
  }
}
