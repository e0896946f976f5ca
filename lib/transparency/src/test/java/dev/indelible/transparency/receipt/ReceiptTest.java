package dev.indelible.transparency.receipt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.VerificationException;
import dev.indelible.transparency.VerificationException.Reason;
import dev.indelible.transparency.merkle.InclusionProof;
import dev.indelible.transparency.merkle.TreeHash;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.NoteSigner;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.note.TestKeys;
import dev.indelible.transparency.policy.TrustPolicy;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiptTest {
  private static final NoteSigner LOG =
      NoteSigner.of("log.example", KeyType.ED25519, TestKeys.ed25519Counting());
  private static final ReceiptVerifier VERIFIER =
      new ReceiptVerifier(TrustPolicy.parse("log " + LOG.key().vkey() + "\nquorum none\n"));

  private final List<Hash> leaves =
      IntStream.range(0, 6).mapToObj(i -> Hash.leaf(new byte[] {(byte) i})).toList();
  private final TlogProof receipt = receipt();

  private TlogProof receipt() {
    TreeHead head = new TreeHead(6, TreeHash.of(leaves));
    String text = new Checkpoint("log.example", head).text();
    // Leaf 2 of 6: its neighbour, the pair on the left, the pair on the right.
    List<Hash> path =
        List.of(
            leaves.get(3), TreeHash.of(leaves.subList(0, 2)), TreeHash.of(leaves.subList(4, 6)));
    SignedNote note = new SignedNote(text, List.of(LOG.sign(text, 0)));
    return new TlogProof(new InclusionProof(2, 6, path), note);
  }

  @Test
  void printsAsItWasRead() throws VerificationException {
    String text = receipt.print();
    assertTrue(text.startsWith("c2sp.org/tlog-proof@v1\nindex 2\n"), text);
    assertEquals(receipt, TlogProof.parse(text));
    assertEquals(text, TlogProof.parse(text).print());
    assertTrue(VERIFIER.verify(leaves.get(2), TlogProof.parse(text)).witnessed());
  }

  @Test
  void anExtraLineIsSkipped() {
    String text = receipt.print().replace("index", "extra AAAA\nindex");
    assertEquals(receipt, TlogProof.parse(text));
  }

  @Test
  void aTreeOfOneLeafHasAnEmptyProof() throws VerificationException {
    String text = new Checkpoint("log.example", new TreeHead(1, leaves.getFirst())).text();
    SignedNote note = new SignedNote(text, List.of(LOG.sign(text, 0)));
    TlogProof single = new TlogProof(new InclusionProof(0, 1, List.of()), note);
    assertEquals(single, TlogProof.parse(single.print()));
    VERIFIER.verify(leaves.getFirst(), single);
  }

  @ParameterizedTest
  @CsvSource({
    "tlog-proof@v1, tlog-proof@v2",
    "c2sp.org, C2SP.org",
    "index 2, index 02",
    "index 2, index +2",
    "index 2, index -1",
    "index 2, index 6",
    "index 2, index",
    "index 2, 2",
    "index 2, 'index 2 '",
    "index 2, 'index 2\\r'",
    "index 2, 'index 2\\nAAAA'",
    "index 2, 'index 2\\n'",
    "index 2, 'index 2\\nindex 2'",
    "index 2, 'extra A\\nextra B\\nindex 2'",
    "log.example\\n6, log.example\\n06",
    "log.example\\n6, log.example\\n2",
  })
  void refuses(String from, String to) {
    String changed = to.translateEscapes();
    String text = receipt.print().replace(from.translateEscapes(), changed);
    assertTrue(text.contains(changed));
    assertThrows(IllegalArgumentException.class, () -> TlogProof.parse(text));
  }

  @Test
  void anotherLeafIndexOrPathIsNotIncluded() {
    assertNotIncluded(leaves.get(1), receipt);
    for (int index : new int[] {0, 1, 3, 4, 5}) {
      InclusionProof moved = new InclusionProof(index, 6, receipt.proof().path());
      assertNotIncluded(leaves.get(2), new TlogProof(moved, receipt.checkpoint()));
    }
    for (int length = 0; length < 3; length++) {
      InclusionProof cut = new InclusionProof(2, 6, receipt.proof().path().subList(0, length));
      assertNotIncluded(leaves.get(2), new TlogProof(cut, receipt.checkpoint()));
    }
    InclusionProof otherSize = new InclusionProof(2, 7, receipt.proof().path());
    assertNotIncluded(leaves.get(2), new TlogProof(otherSize, receipt.checkpoint()));
  }

  private static void assertNotIncluded(Hash leaf, TlogProof receipt) {
    VerificationException e =
        assertThrows(VerificationException.class, () -> VERIFIER.verify(leaf, receipt));
    assertEquals(Reason.NOT_INCLUDED, e.reason());
  }

  /// One changed character anywhere: not a proof, not signed, or not included, but never fine.
  @Test
  void everyChangedCharacterIsSeen() {
    String text = receipt.print();
    for (int i = 0; i < text.length(); i++) {
      for (char c : new char[] {'A', '0', '\n', (char) (text.charAt(i) ^ 1)}) {
        String changed = text.substring(0, i) + c + text.substring(i + 1);
        if (!changed.equals(text)) {
          assertThrows(
              Exception.class,
              () -> VERIFIER.verify(leaves.get(2), TlogProof.parse(changed)),
              changed);
        }
      }
    }
  }
}
