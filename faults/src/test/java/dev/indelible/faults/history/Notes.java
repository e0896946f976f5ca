package dev.indelible.faults.history;

import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.VerificationException;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.policy.TrustPolicy;
import java.util.HashMap;
import java.util.Map;

/// The checkpoints that hold under one policy. Text that holds once always does, so its signatures
/// are verified once, however many processes show it and however often they are asked.
final class Notes {
  private final TrustPolicy policy;
  private final Map<String, TreeHead> holding = new HashMap<>();

  Notes(TrustPolicy policy) {
    this.policy = policy;
  }

  /// The head of a checkpoint that is signed as the policy wants.
  TreeHead head(String note) throws VerificationException {
    TreeHead known = holding.get(note);
    if (known != null) {
      return known;
    }
    TreeHead head = policy.open(SignedNote.parse(note)).checkpoint().head();
    holding.put(note, head);
    return head;
  }
}
