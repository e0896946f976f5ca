package dev.indelible.ledger.block;

import dev.indelible.ledger.Generation;
import dev.indelible.ledger.Log;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.cose.CoseReceipt;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.NoteSigner;

/// The log's COSE signatures over a block's root, by the newest generation of keys that signs the
/// block. Protected header and root are all that is signed (RFC 9942 §5.2), so one signature for
/// each algorithm serves the receipts of all leaves of the block.
///
/// @param ed25519 64 bytes
/// @param mlDsa44 2,420 bytes
public record CoseSeal(Bytes ed25519, Bytes mlDsa44) {
  static CoseSeal sign(Log log, TreeHead head) {
    Generation newest = log.keys().signing(head.size()).getLast();
    return new CoseSeal(sign(newest.ed25519(), head), sign(newest.mlDsa44(), head));
  }

  private static Bytes sign(NoteSigner signer, TreeHead head) {
    return Bytes.of(signer.signer().sign(CoseReceipt.toBeSigned(signer.key(), head.root())));
  }

  /// The signature of this kind.
  public byte[] by(KeyAlgorithm algorithm) {
    return switch (algorithm) {
      case ED25519 -> ed25519.toArray();
      case ML_DSA_44 -> mlDsa44.toArray();
    };
  }
}
