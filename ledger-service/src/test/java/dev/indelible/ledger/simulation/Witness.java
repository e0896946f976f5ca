package dev.indelible.ledger.simulation;

import dev.indelible.ledger.witness.WitnessAnswer;
import dev.indelible.ledger.witness.WitnessAnswer.Cosigned;
import dev.indelible.ledger.witness.WitnessAnswer.Fork;
import dev.indelible.ledger.witness.WitnessAnswer.Knows;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.merkle.ConsistencyProof;
import dev.indelible.transparency.note.NoteSignature;

/// A witness as C2SP tlog-witness has it: one step compares and stores.
final class Witness {
  private final String name;
  private final Truth truth;
  private final NoteSignature line;
  private TreeHead known = TreeHead.EMPTY;

  Witness(String name, Truth truth) {
    this.name = name;
    this.truth = truth;
    this.line = Cast.unverified(name);
  }

  String name() {
    return name;
  }

  /// What it has seen.
  TreeHead known() {
    return known;
  }

  WitnessAnswer addCheckpoint(ConsistencyProof proof, TreeHead head) {
    if (proof.from() != known.size()) {
      return new Knows(known.size());
    }
    if (!proof.verify(known, head)) {
      return new Fork("another tree");
    }
    known = head;
    truth.tell(name + " cosigns the head of " + head.size());
    truth.cosigned(name, head);
    return new Cosigned(line);
  }
}
