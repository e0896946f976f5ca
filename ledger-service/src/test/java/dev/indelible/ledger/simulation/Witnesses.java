package dev.indelible.ledger.simulation;

import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.simulation.Faults.Kind;
import dev.indelible.ledger.simulation.Rows.Blocks;
import dev.indelible.ledger.simulation.Session.Change;
import dev.indelible.ledger.simulation.Surroundings.Rule;
import dev.indelible.ledger.simulation.Witness.Answer;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.merkle.ConsistencyProof;
import dev.indelible.transparency.merkle.Proofs;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How one process speaks with the witnesses: what `StartCheck` and `Witnesses` do over HTTP, done
/// with calls that get lost.
final class Witnesses {
  private static final int QUORUM = 2;
  private static final int QUESTIONS = 4;

  private final Surroundings around;
  private final Session session;
  private final List<Witness> witnesses;
  private final Map<String, Long> known = new HashMap<>();

  Witnesses(Surroundings around, Session session, List<Witness> witnesses) {
    this.around = around;
    this.session = session;
    this.witnesses = witnesses;
  }

  /// Why a log of so many leaves must not be written, if a witness says so.
  Optional<String> alarm(long leaves) {
    try {
      Optional<Block> last = session.read("last", it -> it.rows().sealed().last());
      TreeHead sealed = last.map(Block::head).orElse(TreeHead.EMPTY);
      for (Witness witness : witnesses) {
        Optional<String> alarm = alarm(witness, sealed, leaves);
        if (alarm.isPresent()) {
          return alarm;
        }
      }
      return Optional.empty();
    } catch (SQLException e) {
      throw new IllegalStateException("the database did not answer", e);
    }
  }

  private Optional<String> alarm(Witness witness, TreeHead sealed, long leaves)
      throws SQLException {
    ConsistencyProof nothing = new ConsistencyProof(0, sealed.size(), List.of());
    if (!(ask(witness, nothing, sealed) instanceof Answer.Knows(long size))) {
      return Optional.empty();
    }
    long ours = around.rules().keep(Rule.ALARM) ? leaves : sealed.size();
    if (size > ours) {
      return Optional.of(witness.name() + " has seen " + size + ", there are " + ours);
    }
    if (size > sealed.size()) {
      return Optional.empty();
    }
    boolean fork = ask(witness, proof(size, sealed.size()), sealed) instanceof Answer.Fork;
    return fork ? Optional.of(witness.name() + " has seen another tree") : Optional.empty();
  }

  /// Tells all of them about a block.
  ///
  /// @return why the log has to be frozen, if one of them says so
  Optional<String> deliver(Block block) throws SQLException {
    Optional<String> fork = Optional.empty();
    for (Witness witness : witnesses) {
      Optional<String> its = deliver(witness, block);
      fork = its.isPresent() ? its : fork;
    }
    return fork;
  }

  private Optional<String> deliver(Witness witness, Block block) throws SQLException {
    for (int i = 0; i < QUESTIONS; i++) {
      long from = known.getOrDefault(witness.name(), 0L);
      if (from > block.end()) {
        return superseded(witness, from);
      }
      switch (ask(witness, proof(from, block.end()), block.head())) {
        case Answer.Cosigned cosigned -> {
          known.put(witness.name(), block.end());
          keep(witness.name(), block);
          return Optional.empty();
        }
        case Answer.Knows(long size) -> known.put(witness.name(), size);
        case Answer.Fork fork -> {
          return Optional.of(
              witness.name() + " says that " + block.end() + " do not extend " + from);
        }
        case Answer.Silent silent -> {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  /// The witness is ahead of this block: by a newer block of ours, or by a tree that we do not
  /// have.
  private Optional<String> superseded(Witness witness, long size) throws SQLException {
    long ours = around.rules().keep(Rule.ALARM) ? leaves() : sealed();
    return size > ours
        ? Optional.of(witness.name() + " has seen " + size + ", there are " + ours)
        : Optional.empty();
  }

  private long leaves() throws SQLException {
    return session.write(
        "count", it -> new Change<>(it.rows().head().range().size(), it.rows().withBarrier()));
  }

  private long sealed() throws SQLException {
    return session.read("last", it -> it.rows().sealed().last()).map(Block::end).orElse(0L);
  }

  /// `Cosignatures.add`.
  private void keep(String witness, Block block) throws SQLException {
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

  private ConsistencyProof proof(long from, long to) throws SQLException {
    return session.read("proof", it -> Proofs.consistency(from, to, it.rows().head().tiles()));
  }

  private Answer ask(Witness witness, ConsistencyProof proof, TreeHead head) {
    try {
      session.send("ask " + witness.name());
      if (around.faults().happens(Kind.LATE)) {
        around.later("ask " + witness.name(), () -> witness.addCheckpoint(proof, head));
        return new Answer.Silent();
      }
      Answer answer = witness.addCheckpoint(proof, head);
      if (around.faults().happens(Kind.REPEATED)) {
        around.later("ask " + witness.name() + " again", () -> witness.addCheckpoint(proof, head));
      }
      session.hear("ask " + witness.name());
      return answer;
    } catch (SQLException e) {
      return new Answer.Silent();
    }
  }
}
