package dev.indelible.ledger.witness;

import dev.indelible.transparency.merkle.ConsistencyProof;
import dev.indelible.transparency.note.SignedNote;
import java.util.Optional;

/// One witness, as a log sees it (C2SP tlog-witness, add-checkpoint). A port: the simulator plays a
/// network that loses, repeats and delays.
public interface WitnessSide {
  /// Its name in the policy.
  String name();

  /// Sends a checkpoint with the proof that it extends the tree of `proof.from()` leaves.
  ///
  /// @param note with the log's own signatures only
  WitnessAnswer addCheckpoint(ConsistencyProof proof, SignedNote note) throws InterruptedException;

  /// The checkpoint of this log that it shows everyone as the last one it cosigned (C2SP
  /// tlog-witness, monitoring); nothing when it shows none.
  Optional<SignedNote> lastCheckpoint(String origin) throws InterruptedException;
}
