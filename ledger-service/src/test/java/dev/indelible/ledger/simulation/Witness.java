package dev.indelible.ledger.simulation;

import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.merkle.ConsistencyProof;

/// A witness as C2SP tlog-witness has it: one step compares and stores.
final class Witness {
  private final String name;
  private final Truth truth;
  private TreeHead known = TreeHead.EMPTY;

  /// What it says to a checkpoint.
  sealed interface Answer {
    /// 200.
    record Cosigned() implements Answer {}

    /// 409.
    record Knows(long size) implements Answer {}

    /// 422.
    record Fork() implements Answer {}

    /// 400, or nothing at all.
    record Silent() implements Answer {}
  }

  Witness(String name, Truth truth) {
    this.name = name;
    this.truth = truth;
  }

  String name() {
    return name;
  }

  /// What it has seen.
  TreeHead known() {
    return known;
  }

  Answer addCheckpoint(ConsistencyProof proof, TreeHead head) {
    if (proof.from() != known.size()) {
      return new Answer.Knows(known.size());
    }
    if (!proof.verify(known, head)) {
      return new Answer.Fork();
    }
    known = head;
    truth.tell(name + " cosigns the head of " + head.size());
    truth.cosigned(name, head);
    return new Answer.Cosigned();
  }
}
