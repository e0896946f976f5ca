package dev.indelible.transparency.receipt;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.VerificationException;
import dev.indelible.transparency.VerificationException.Reason;
import dev.indelible.transparency.merkle.InclusionProof;
import dev.indelible.transparency.policy.OpenedCheckpoint;
import dev.indelible.transparency.policy.TrustPolicy;

/// Checks receipts, offline, against what the verifier itself trusts.
///
/// @param policy whose signatures count
public record ReceiptVerifier(TrustPolicy policy) {
  /// Checks that the leaf is in the log, under a checkpoint that the log signed. Whether enough
  /// witnesses saw that checkpoint is said in the answer: the level `included` needs none,
  /// `witnessed` a quorum.
  ///
  /// @throws VerificationException when the receipt does not hold or cannot be judged
  public OpenedCheckpoint verify(Hash leafHash, TlogProof receipt) throws VerificationException {
    OpenedCheckpoint opened = policy.open(receipt.checkpoint());
    requireIncluded(leafHash, receipt.proof(), opened);
    return opened;
  }

  /// Checks that the leaf is in the log, under a checkpoint whose signatures were checked.
  ///
  /// @throws VerificationException when the proof does not lead to it
  public static void requireIncluded(Hash leafHash, InclusionProof proof, OpenedCheckpoint opened)
      throws VerificationException {
    if (!proof.verify(leafHash, opened.checkpoint().head())) {
      throw new VerificationException(
          Reason.NOT_INCLUDED,
          "the proof does not lead from leaf "
              + leafHash
              + " at index "
              + proof.index()
              + " to root "
              + opened.checkpoint().head().root());
    }
  }
}
