package dev.indelible.ledger.block;

import dev.indelible.ledger.Log;
import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.VerificationException;
import dev.indelible.transparency.note.NoteSignature;
import dev.indelible.transparency.note.SignedNote;
import java.time.Instant;
import java.util.List;

/// Signs checkpoints with both keys of every generation in force.
public final class CheckpointSigner {
  private CheckpointSigner() {}

  /// The signed checkpoint, which has been opened again under the log's own policy: a key that
  /// signs badly is found here and not by a verifier.
  public static SignedNote sign(Log log, TreeHead head, Instant time) {
    String text = new Checkpoint(log.origin(), head).text();
    List<NoteSignature> signatures =
        log.keys().signing(head.size()).stream()
            .flatMap(generation -> generation.signers().stream())
            .map(signer -> signer.sign(text, time.getEpochSecond()))
            .toList();
    SignedNote note = new SignedNote(text, signatures);
    try {
      log.policy().open(note);
    } catch (VerificationException e) {
      throw new SelfCheckException("our own signature does not hold: " + e.getMessage());
    }
    return note;
  }
}
