package dev.indelible.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.NoteSigner;
import dev.indelible.transparency.note.PemKey;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1RelativeOID;
import org.bouncycastle.cert.plants.MTCCosignedSubtree;
import org.bouncycastle.cert.plants.MerkleTreeHash;
import org.bouncycastle.cert.plants.MerkleTreePrimitives;
import org.bouncycastle.cert.plants.bc.BcSha256MerkleTreeHash;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.junit.jupiter.api.Test;

/// Bouncy Castle's Merkle tree certificates: another implementation of the same trees, proofs and
/// ML-DSA cosignatures.
class BouncyCastleTest {
  private static final MerkleTreeHash SHA_256 = new BcSha256MerkleTreeHash();

  @Test
  void checksTheLog() throws IOException {
    LiveLog log = RunningLedger.log();
    assertTrue(log.head().size() > 300, "the log does not fill a tile");
    treeAndReceipts(log);
    consistency(log);
  }

  /// The root out of the entries, and every receipt.
  static void treeAndReceipts(LiveLog log) {
    LiveLog.Head head = log.head();
    List<byte[]> leaves = log.entries(head.size()).stream().map(SHA_256::hashLeaf).toList();
    assertEquals(head.size(), leaves.size());
    assertArrayEquals(head.root(), root(leaves));
    for (int i = 0; i < leaves.size(); i++) {
      LiveLog.Inclusion receipt = log.receipt(i);
      byte[] root = receipt.head().root();
      assertTrue(includes(receipt, leaves.get(i), root), "receipt " + i);
      assertFalse(includes(receipt, SHA_256.hashLeaf(new byte[] {1}), root), "receipt " + i);
    }
  }

  private static boolean includes(LiveLog.Inclusion receipt, byte[] leaf, byte[] root) {
    return MerkleTreePrimitives.verifySubtreeInclusionProof(
        receipt.index(), 0, receipt.head().size(), leaf, root, receipt.path(), SHA_256);
  }

  /// Every older tree against the newest.
  static void consistency(LiveLog log) {
    LiveLog.Head head = log.head();
    List<byte[]> leaves = log.entries(head.size()).stream().map(SHA_256::hashLeaf).toList();
    for (int from = 1; from < head.size(); from++) {
      byte[] older = root(leaves.subList(0, from));
      List<byte[]> path = log.consistency(from, head.size());
      assertTrue(extends0(from, head.size(), older, head.root(), path), "from " + from);
      assertFalse(extends0(from, head.size(), leaves.getLast(), head.root(), path), "from " + from);
    }
  }

  private static boolean extends0(
      long from, long to, byte[] older, byte[] newer, List<byte[]> path) {
    return MerkleTreePrimitives.verifySubtreeConsistencyProof(
        0, from, to, older, newer, path, SHA_256);
  }

  private static byte[] root(List<byte[]> leaves) {
    return MerkleTreePrimitives.computeMerkleTreeHash(leaves, 0, leaves.size(), SHA_256);
  }

  /// Bouncy Castle writes the message that an ML-DSA-44 cosignature covers, for names that are
  /// object identifiers; our signature has to be over exactly these bytes.
  @Test
  void cosignaturesAreOverItsBytes() throws IOException {
    PemKey key = PemKey.parse(KeyAlgorithm.ML_DSA_44, PemKey.generate(KeyAlgorithm.ML_DSA_44));
    String log = "oid/1.3.6.1.4.1.32473.2";
    TreeHead head = new TreeHead(8, Hash.leaf(new byte[] {8}));
    for (String cosigner : List.of("oid/1.3.6.1.4.1.32473.1", log)) {
      byte[] line =
          NoteSigner.of(cosigner, KeyType.ML_DSA_44_COSIGNATURE, key)
              .sign(new Checkpoint(log, head).text(), 1_700_000_000)
              .signature();
      byte[] message =
          MTCCosignedSubtree.encode(
              id(log), 1_700_000_000, 0, 8, head.root().bytes(), id(cosigner));
      byte[] signature = Arrays.copyOfRange(line, 8, line.length);
      assertTrue(verifies(key.publicKey(), message, signature), cosigner);
      message[message.length - 1] ^= 1;
      assertFalse(verifies(key.publicKey(), message, signature), cosigner);
    }
  }

  private static byte[] id(String name) throws IOException {
    byte[] der = new ASN1RelativeOID(name.substring("oid/1.3.6.1.4.1.".length())).getEncoded("DER");
    return Arrays.copyOfRange(der, 2, der.length);
  }

  private static boolean verifies(byte[] publicKey, byte[] message, byte[] signature) {
    MLDSASigner verifier = new MLDSASigner();
    verifier.init(false, new MLDSAPublicKeyParameters(MLDSAParameters.ml_dsa_44, publicKey));
    verifier.update(message, 0, message.length);
    return verifier.verifySignature(signature);
  }
}
