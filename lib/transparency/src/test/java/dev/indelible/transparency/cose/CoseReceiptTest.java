package dev.indelible.transparency.cose;

import static dev.indelible.transparency.cose.SmallLog.KEY;
import static dev.indelible.transparency.cose.SmallLog.ORIGIN;
import static dev.indelible.transparency.cose.SmallLog.QUANTUM_KEY;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.merkle.InclusionProof;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.NoteSigner;
import dev.indelible.transparency.note.TestKeys;
import dev.indelible.transparency.note.VerifierKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoseReceiptTest {
  private final SmallLog log = SmallLog.of(8);
  private final Hash leaf = log.leaves().get(3);
  private final CoseReceipt receipt = log.receipt(3, KEY);

  @Test
  void everyLeafOfEveryTreeHasAReceipt() {
    for (int size = 2; size <= 12; size++) {
      SmallLog tree = SmallLog.of(size);
      for (VerifierKey key : List.of(KEY, QUANTUM_KEY)) {
        byte[] once = tree.signature(key);
        for (int index = 0; index < size; index++) {
          CoseReceipt made = CoseReceipt.of(key, tree.inclusion(index), once);
          CoseReceipt read = CoseReceipt.parse(made.bytes());
          assertArrayEquals(made.bytes(), read.bytes());
          assertEquals(ORIGIN, read.origin());
          assertTrue(read.claims(key));
          assertTrue(read.includes(tree.leaves().get(index), key), index + " of " + size);
          assertFalse(read.includes(tree.leaves().get((index + 1) % size), key));
          assertFalse(read.isConsistentWith(tree.head(index + 1), key));
        }
      }
    }
  }

  @Test
  void everyTreeThatGrewHasAReceipt() {
    for (int size = 2; size <= 12; size++) {
      SmallLog tree = SmallLog.of(size);
      byte[] once = tree.signature(KEY);
      for (int from = 1; from < size; from++) {
        CoseReceipt made = CoseReceipt.of(KEY, tree.consistency(from), once);
        CoseReceipt read = CoseReceipt.parse(made.bytes());
        assertArrayEquals(made.bytes(), read.bytes());
        assertTrue(read.isConsistentWith(tree.head(from), KEY), from + " to " + size);
        TreeHead other = new TreeHead(from, Hash.EMPTY_TREE);
        assertFalse(read.isConsistentWith(other, KEY));
        TreeHead otherSize = new TreeHead(from + 1, tree.head(from).root());
        assertFalse(read.isConsistentWith(otherSize, KEY));
        assertFalse(read.includes(tree.leaves().getFirst(), KEY));
      }
    }
  }

  /// RFC 9942 has `[+ bstr]` for a path.
  @Test
  void whatHasNoPathHasNoReceipt() {
    SmallLog single = SmallLog.of(1);
    byte[] signature = single.signature(KEY);
    assertThrows(
        IllegalArgumentException.class, () -> CoseReceipt.of(KEY, single.inclusion(0), signature));
    assertThrows(
        IllegalArgumentException.class, () -> CoseReceipt.of(KEY, log.consistency(8), signature));
    assertThrows(
        IllegalArgumentException.class, () -> CoseReceipt.of(KEY, log.consistency(0), signature));
  }

  /// Same key under the name of another log, another key under the same name: neither is believed.
  @Test
  void originAndKeyArePinned() {
    VerifierKey renamed = VerifierKey.of("other.example/log", KeyType.ED25519, SmallLog.ED25519);
    assertFalse(receipt.claims(renamed));
    assertFalse(receipt.includes(leaf, renamed));
    assertFalse(log.receipt(3, renamed).includes(leaf, KEY));
    VerifierKey other =
        VerifierKey.of(ORIGIN, KeyType.ED25519, TestKeys.random(KeyAlgorithm.ED25519));
    assertFalse(receipt.claims(other));
    assertFalse(receipt.includes(leaf, other));
    assertFalse(receipt.includes(leaf, QUANTUM_KEY));
    // A receipt that names our key, under a signature for another log by that very key.
    CoseReceipt transplanted = CoseReceipt.of(KEY, log.inclusion(3), log.signature(renamed));
    assertTrue(transplanted.claims(KEY));
    assertFalse(transplanted.includes(leaf, KEY));
  }

  /// What the same key signs elsewhere is no signature of a receipt.
  @Test
  void otherSignaturesOfTheLogAreNoReceipts() {
    String text = new Checkpoint(ORIGIN, log.head(8)).text();
    byte[] note =
        NoteSigner.of(ORIGIN, KeyType.ED25519, SmallLog.ED25519).sign(text, 1).signature();
    assertFalse(CoseReceipt.of(KEY, log.inclusion(3), note).includes(leaf, KEY));
    Entry entry = Entry.sign(ORIGIN, CoseReceipt.SUBJECT, log.root(), SmallLog.ED25519);
    byte[] bytes = entry.bytes();
    byte[] signature = Arrays.copyOfRange(bytes, bytes.length - 64, bytes.length);
    assertFalse(CoseReceipt.of(KEY, log.inclusion(3), signature).includes(leaf, KEY));
  }

  /// Must change what is signed: log, key, root. Must not: the proof.
  @Test
  void onlyTheRootAndTheLogAreSigned() {
    byte[] message = CoseReceipt.toBeSigned(KEY, log.root());
    VerifierKey renamed = VerifierKey.of(ORIGIN + "2", KeyType.ED25519, SmallLog.ED25519);
    assertFalse(Arrays.equals(message, CoseReceipt.toBeSigned(renamed, log.root())));
    assertFalse(Arrays.equals(message, CoseReceipt.toBeSigned(QUANTUM_KEY, log.root())));
    assertFalse(Arrays.equals(message, CoseReceipt.toBeSigned(KEY, SmallLog.of(7).root())));
    assertArrayEquals(message, CoseReceipt.toBeSigned(KEY, log.head(8).root()));
  }

  /// RFC 9942 leaves size and index unsigned; a path of the same shape in a tree of another size
  /// leads to the same root. The leaf is in the log all the same.
  @Test
  void sizesAreHints() {
    SmallLog five = SmallLog.of(5);
    InclusionProof proof = five.inclusion(3);
    InclusionProof asOfSix = new InclusionProof(3, 6, proof.path());
    CoseReceipt claimed = CoseReceipt.of(KEY, asOfSix, five.signature(KEY));
    assertTrue(claimed.includes(five.leaves().get(3), KEY));
  }

  /// In a tree of eight every bit counts, those of size and index too.
  @Test
  void everyChangedBitIsSeen() {
    byte[] bytes = receipt.bytes();
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] changed = bytes.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertFalse(holds(changed), "bit " + bit);
    }
  }

  @Test
  void everyCutAndEveryAppendedByteIsRefused() {
    byte[] bytes = receipt.bytes();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThrows(IllegalArgumentException.class, () -> CoseReceipt.parse(cut));
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThrows(IllegalArgumentException.class, () -> CoseReceipt.parse(longer));
  }

  private boolean holds(byte[] bytes) {
    try {
      return CoseReceipt.parse(bytes).includes(leaf, KEY);
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  /// The bytes that docs/formats/receipt.md explains.
  @Test
  void theHeaderIsWhatTheDocumentationSays() {
    String message = HexFormat.of().formatHex(CoseReceipt.toBeSigned(KEY, Hash.EMPTY_TREE));
    String origin = HexFormat.of().formatHex(ORIGIN.getBytes(StandardCharsets.UTF_8));
    String subject =
        HexFormat.of().formatHex("urn:indelible:tree-head".getBytes(StandardCharsets.UTF_8));
    String header =
        "a4" // four members
            + "0127" // alg: EdDSA
            + ("045820" + KEY.thumbprint().toHex())
            + ("0fa2017820" + origin + "0277" + subject)
            + "19018b01"; // vds: RFC9162_SHA256
    String length = HexFormat.of().toHexDigits((byte) (header.length() / 2));
    assertEquals(
        "846a5369676e617475726531"
            + ("58" + length + header)
            + "40"
            + ("5820" + Hash.EMPTY_TREE.toHex()),
        message);
  }
}
