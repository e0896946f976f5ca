package dev.indelible.anchoring;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.VerificationException;
import dev.indelible.transparency.VerificationException.Reason;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.note.VerifierKey;
import dev.indelible.transparency.policy.OpenedCheckpoint;
import dev.indelible.transparency.policy.TrustPolicy;
import dev.indelible.transparency.receipt.ReceiptVerifier;
import dev.indelible.transparency.receipt.TlogProof;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Judges what the ledger says by our own policy file, of which the ledger is not the author.
@ApplicationScoped
public class ReceiptJudge {
  /// Receipts that come one after the other are mostly under the same checkpoint.
  private static final int REMEMBERED = 64;

  private final TrustPolicy policy;
  private final String origin;
  private final Map<SignedNote, OpenedCheckpoint> opened =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<SignedNote, OpenedCheckpoint> eldest) {
              return size() > REMEMBERED;
            }
          });

  @Inject
  ReceiptJudge(AnchoringConfig config) throws IOException {
    this(TrustPolicy.parse(Files.readString(config.policy())), config.log());
  }

  ReceiptJudge(TrustPolicy policy, String log) {
    this.policy = policy;
    List<String> origins =
        policy.logs().stream()
            .map(VerifierKey::name)
            .filter(name -> name.endsWith("/" + log))
            .distinct()
            .toList();
    if (origins.size() != 1) {
      throw new IllegalArgumentException(
          "the policy has to name one log whose origin ends with /" + log + ", not " + origins);
    }
    this.origin = origins.getFirst();
  }

  /// The origin of the log that this service writes to.
  public String origin() {
    return origin;
  }

  /// Checks a receipt for exactly this leaf at exactly this place.
  ///
  /// @throws VerificationException when it is anything else
  public VerifiedReceipt receipt(Hash leafHash, long index, String text)
      throws VerificationException {
    TlogProof proof = parse(text);
    if (proof.proof().index() != index) {
      throw new VerificationException(
          Reason.NOT_INCLUDED,
          "the proof is for index " + proof.proof().index() + ", not for " + index);
    }
    return receipt(leafHash, proof);
  }

  /// Checks a receipt for exactly this leaf, at the place that it names.
  ///
  /// @throws VerificationException when it is anything else
  VerifiedReceipt receipt(Hash leafHash, TlogProof proof) throws VerificationException {
    requireOrigin(proof.checkpoint());
    OpenedCheckpoint checkpoint = open(proof.checkpoint());
    ReceiptVerifier.requireIncluded(leafHash, proof.proof(), checkpoint);
    return new VerifiedReceipt(proof, checkpoint.witnessed());
  }

  /// Signatures of the same bytes hold as often as they are asked for.
  private OpenedCheckpoint open(SignedNote note) throws VerificationException {
    OpenedCheckpoint known = opened.get(note);
    if (known != null) {
      return known;
    }
    OpenedCheckpoint checkpoint = policy.open(note);
    opened.put(note, checkpoint);
    return checkpoint;
  }

  /// Checks a checkpoint of our log.
  ///
  /// @throws VerificationException when it is of another log or not signed as the policy says
  public OpenedCheckpoint checkpoint(String text) throws VerificationException {
    try {
      SignedNote note = SignedNote.parse(text);
      requireOrigin(note);
      return policy.open(note);
    } catch (IllegalArgumentException e) {
      throw new VerificationException(Reason.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  /// The policy may name other logs as well; a receipt of theirs is none of ours.
  private void requireOrigin(SignedNote note) throws VerificationException {
    if (!note.text().startsWith(origin + "\n")) {
      throw new VerificationException(
          Reason.UNKNOWN_LOG, "the checkpoint is not of the log " + origin);
    }
  }

  private static TlogProof parse(String text) throws VerificationException {
    try {
      return TlogProof.parse(text);
    } catch (IllegalArgumentException e) {
      throw new VerificationException(Reason.MALFORMED, "not a receipt: " + e.getMessage());
    }
  }
}
