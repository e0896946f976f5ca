package dev.indelible.witness;

import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.merkle.ConsistencyProof;
import dev.indelible.transparency.note.NoteSignature;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.policy.TrustPolicy;
import java.time.Clock;
import java.util.List;

/// Decides whether to cosign (C2SP tlog-witness). Parsing, deciding and remembering are three
/// steps, and what is signed is what was parsed.
final class Witness {

  private final LogKeys logs;
  private final Cosigners cosigners;
  private final SeenCheckpoints seen;
  private final Clock clock;

  Witness(TrustPolicy policy, Cosigners cosigners, SeenCheckpoints seen, Clock clock) {
    this.logs = new LogKeys(policy);
    this.cosigners = cosigners;
    this.seen = seen;
    this.clock = clock;
  }

  /// The keys under which others find our cosignatures.
  String vkeys() {
    return cosigners.vkeys();
  }

  /// Cosigns a checkpoint that extends what we saw.
  Answer addCheckpoint(String body) {
    try {
      AddCheckpoint request = AddCheckpoint.parse(body);
      return update(request, logs.open(request.note()));
    } catch (IllegalArgumentException e) {
      return new Answer.Refused(400, String.valueOf(e.getMessage()));
    } catch (Refusal e) {
      return e.answer();
    }
  }

  /// Cosigns a subtree of a checkpoint that we cosigned.
  Answer signSubtree(String body) {
    return new SubtreeWitness(logs, cosigners, seen).sign(body);
  }

  /// SPEC: "GET <monitoring prefix>/<origin hash>/checkpoint", with the log's signatures and ours.
  Answer lastCheckpoint(String originHash) {
    return seen.note(originHash)
        .<Answer>map(Answer.Text::new)
        .orElseGet(() -> new Answer.Refused(404, "never cosigned a checkpoint of this log"));
  }

  /// One at a time. SPEC: "checking the old size against the latest checkpoint and persisting the
  /// new checkpoint must be performed atomically".
  private synchronized Answer update(AddCheckpoint request, Checkpoint checkpoint) throws Refusal {
    TreeHead before = seen.head(checkpoint.origin());
    TreeHead head = checkpoint.head();
    // SPEC: "The old size MUST be equal to or lower than the checkpoint size. Otherwise, the
    // witness MUST respond with a '400 Bad Request' HTTP status code."
    if (request.oldSize() > head.size()) {
      throw new Refusal(400, "old size is larger than the checkpoint");
    }
    // SPEC: "The witness MUST check that the old size matches the size of the latest checkpoint it
    // cosigned […]. If it doesn't match, the witness MUST respond with a '409 Conflict'".
    if (request.oldSize() != before.size()) {
      return new Answer.Conflict(before.size());
    }
    // SPEC: "The proof MUST be empty if the old size is zero. If the Merkle Consistency Proof
    // doesn't verify, the witness MUST respond with a '422 Unprocessable Entity'". The same for
    // equal sizes with different roots, as the specification has had it since July 2026; its tag
    // v1.0.0 says 409 there, with a body that does not matter.
    ConsistencyProof proof = new ConsistencyProof(before.size(), head.size(), request.proof());
    if (!proof.verify(before, head)) {
      throw new Refusal(422, "the proof does not lead from the tree we saw to this one");
    }
    return cosign(before, checkpoint, request.note());
  }

  /// SPEC: "The witness MUST persist the new checkpoint before responding." Signing comes first, so
  /// that what is kept has the signature; a crash in between loses a signature that nobody has.
  private Answer cosign(TreeHead before, Checkpoint checkpoint, SignedNote note) {
    List<NoteSignature> lines = cosigners.sign(checkpoint.text(), clock.instant().getEpochSecond());
    List<NoteSignature> byLog = logs.signatures(note, checkpoint.origin());
    seen.replace(before, checkpoint, new SignedNote(checkpoint.text(), byLog).with(lines));
    return new Answer.Cosigned(lines);
  }
}
