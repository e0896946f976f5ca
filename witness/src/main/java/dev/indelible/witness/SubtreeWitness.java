package dev.indelible.witness;

import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.merkle.SubtreeConsistency;
import dev.indelible.transparency.note.NoteSignature;
import dev.indelible.transparency.note.NoteSigner;
import dev.indelible.transparency.note.SubtreeStatement;
import dev.indelible.transparency.note.VerifierKey;
import java.util.List;

/// Cosigns subtrees of checkpoints that it cosigned itself (C2SP tlog-witness, sign-subtree). Reads
/// the witness's memory and never changes it.
///
/// @param logs the logs watched
/// @param cosigners our keys
/// @param seen what we cosigned last
record SubtreeWitness(LogKeys logs, Cosigners cosigners, SeenCheckpoints seen) {

  Answer sign(String body) {
    try {
      // SPEC: "It is OPTIONAL for a witness to support this API"; an Ed25519 key has no message
      // for subtrees.
      if (!cosigners.signsSubtrees()) {
        throw new Refusal(404, "this witness signs no subtrees");
      }
      return sign(SignSubtree.parse(body));
    } catch (IllegalArgumentException e) {
      return new Answer.Refused(400, String.valueOf(e.getMessage()));
    } catch (Refusal e) {
      return e.answer();
    }
  }

  private Answer sign(SignSubtree request) throws Refusal {
    Checkpoint checkpoint = request.checkpoint();
    if (logs.of(checkpoint.origin()).isEmpty()) {
      throw new Refusal(404, "no log of this origin is watched here");
    }
    requireSeen(request);
    SubtreeStatement statement =
        new SubtreeStatement(checkpoint.origin(), request.subtree(), request.hash());
    requireCosignatures(request.cosignatures(), statement);
    // SPEC: "The consistency proof lines MUST encode a Subtree Consistency Proof from the subtree
    // to the checkpoint […]. If the Merkle Consistency Proof doesn't verify, the witness MUST
    // respond with a '422 Unprocessable Entity' HTTP status code."
    SubtreeConsistency proof =
        new SubtreeConsistency(request.subtree(), checkpoint.head().size(), request.proof());
    if (!proof.verify(request.hash(), checkpoint.head())) {
      throw new Refusal(422, "the proof does not lead from the subtree to the checkpoint");
    }
    return new Answer.Cosigned(cosigners.sign(statement));
  }

  /// SPEC: "The witness MUST verify that the checkpoint is consistent with its view of the log":
  /// "by checking a cosignature from its own key on the submitted checkpoint", or "by comparing the
  /// submitted checkpoint" with the one it signed last.
  private void requireSeen(SignSubtree request) throws Refusal {
    Checkpoint checkpoint = request.checkpoint();
    boolean ours = false;
    for (NoteSigner signer : cosigners.signers()) {
      for (NoteSignature line : request.signatures()) {
        if (signer.key().claims(line)) {
          if (!signer.key().verify(checkpoint.text(), line)) {
            throw new Refusal(403, "a cosignature in our name does not hold");
          }
          ours = true;
        }
      }
    }
    if (!ours && !seen.head(checkpoint.origin()).equals(checkpoint.head())) {
      throw new Refusal(403, "not a checkpoint that this witness cosigned");
    }
  }

  /// SPEC: "If present, they MUST encode a valid cosignature on the subtree. […] the timestamp MUST
  /// be zero. Witnesses MUST ignore subtree cosignatures from unknown keys."
  private void requireCosignatures(List<NoteSignature> lines, SubtreeStatement statement)
      throws Refusal {
    for (VerifierKey key : logs.of(statement.origin())) {
      for (NoteSignature line : lines) {
        if (key.claims(line) && !key.verify(statement, line)) {
          throw new Refusal(403, "the subtree cosignature of " + key.name() + " does not hold");
        }
      }
    }
  }
}
