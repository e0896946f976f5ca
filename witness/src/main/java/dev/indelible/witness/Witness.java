package dev.indelible.witness;

import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.VerificationException;
import dev.indelible.transparency.merkle.ConsistencyProof;
import dev.indelible.transparency.note.NoteSigner;
import dev.indelible.transparency.policy.TrustPolicy;
import java.time.Clock;

/// Decides whether to cosign. Parsing, deciding and remembering are three steps, and what is signed
/// is what was parsed.
final class Witness {

  private final TrustPolicy policy;
  private final NoteSigner signer;
  private final SeenHeads seen;
  private final Clock clock;

  Witness(TrustPolicy policy, NoteSigner signer, SeenHeads seen, Clock clock) {
    this.policy = policy;
    this.signer = signer;
    this.seen = seen;
    this.clock = clock;
  }

  /// The key under which others find our cosignatures.
  String vkey() {
    return signer.key().vkey();
  }

  Answer addCheckpoint(String body) {
    AddCheckpoint request;
    try {
      request = AddCheckpoint.parse(body);
    } catch (IllegalArgumentException e) {
      return Answer.malformed(String.valueOf(e.getMessage()));
    }
    if (isEmptyTreeWithWrongRoot(request.note().text())) {
      return Answer.inconsistent("the empty tree has one root hash only");
    }
    try {
      return update(request, policy.open(request.note()).checkpoint());
    } catch (VerificationException e) {
      String reason = String.valueOf(e.getMessage());
      return switch (e.reason()) {
        case MALFORMED -> Answer.malformed(reason);
        case UNKNOWN_LOG -> Answer.unknownLog(reason);
        default -> Answer.notTrusted(reason);
      };
    }
  }

  /// One at a time: between reading what we saw and replacing it nobody else may decide.
  private synchronized Answer update(AddCheckpoint request, Checkpoint checkpoint) {
    TreeHead before = seen.of(checkpoint.origin());
    TreeHead head = checkpoint.head();
    if (request.oldSize() > head.size()) {
      return Answer.malformed("old size is larger than the checkpoint");
    }
    if (request.oldSize() != before.size()) {
      return new Answer.Conflict(before.size());
    }
    ConsistencyProof proof = new ConsistencyProof(before.size(), head.size(), request.proof());
    if (!proof.verify(before, head)) {
      return Answer.inconsistent("the proof does not lead from the tree we saw to this one");
    }
    if (!head.equals(before)) {
      seen.replace(checkpoint);
    }
    // Only now: a signature that somebody else holds must never be ahead of what we remember.
    long now = clock.instant().getEpochSecond();
    return new Answer.Cosigned(signer.sign(checkpoint.text(), now).line());
  }

  /// The one malformed head for which the specification wants 422 and not 400.
  private static boolean isEmptyTreeWithWrongRoot(String text) {
    String[] lines = text.split("\n", -1);
    return lines.length == 4
        && lines[1].equals("0")
        && !lines[2].equals(TreeHead.EMPTY.root().toBase64());
  }
}
