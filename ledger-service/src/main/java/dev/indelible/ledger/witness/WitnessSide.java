package dev.indelible.ledger.witness;

import dev.indelible.transparency.merkle.ConsistencyProof;
import dev.indelible.transparency.note.SignedNote;

/// One witness, as a log sees it (C2SP tlog-witness, add-checkpoint). A port: the simulator plays a
/// network that loses, repeats and delays.
public interface WitnessSide {
  /// Its name in the policy.
  String name();

  /// Sends a checkpoint with the proof that it extends the tree of `proof.from()` leaves.
  ///
  /// @param note with the log's own signatures only
  WitnessAnswer addCheckpoint(ConsistencyProof proof, SignedNote note) throws InterruptedException;
}
