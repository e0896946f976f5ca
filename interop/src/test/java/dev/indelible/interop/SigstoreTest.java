package dev.indelible.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigstore.merkle.InclusionProofVerificationException;
import dev.sigstore.merkle.InclusionProofVerifier;
import dev.sigstore.rekor.client.Checkpoints;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/// sigstore-java: its reader of checkpoints and its check of inclusion proofs.
class SigstoreTest {
  @Test
  void checksTheLog() throws Exception {
    LiveLog log = RunningLedger.log();
    assertTrue(log.head().size() > 300, "the log does not fill a tile");
    check(log);
  }

  static void check(LiveLog log) throws Exception {
    List<byte[]> entries = log.entries(log.head().size());
    for (int i = 0; i < entries.size(); i++) {
      LiveLog.Inclusion receipt = log.receipt(i);
      checkpoint(receipt.head());
      byte[] leaf = leafHash(entries.get(i));
      inclusion(receipt, leaf);
      leaf[0] ^= 1;
      assertThrows(
          InclusionProofVerificationException.class, () -> inclusion(receipt, leaf), "leaf " + i);
    }
  }

  private static void checkpoint(LiveLog.Head head) throws Exception {
    var read = Checkpoints.from(head.text());
    assertEquals(head.origin(), read.getOrigin());
    assertEquals(head.size(), read.getSize());
    assertArrayEquals(head.root(), Base64.getDecoder().decode(read.getBase64Hash()));
    // Both signatures of the log and at least a quorum of two cosignatures.
    assertTrue(read.getSignatures().size() >= 2, head.text());
    assertEquals(head.origin(), read.getSignatures().getFirst().getIdentity());
  }

  private static void inclusion(LiveLog.Inclusion receipt, byte[] leaf)
      throws InclusionProofVerificationException {
    InclusionProofVerifier.verify(
        leaf, receipt.index(), receipt.head().size(), receipt.path(), receipt.head().root());
  }

  private static byte[] leafHash(byte[] entry) throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update((byte) 0);
    return digest.digest(entry);
  }
}
