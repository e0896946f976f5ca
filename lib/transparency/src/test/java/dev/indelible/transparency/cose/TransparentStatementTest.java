package dev.indelible.transparency.cose;

import static dev.indelible.transparency.cose.SmallLog.KEY;
import static dev.indelible.transparency.cose.SmallLog.ORIGIN;
import static dev.indelible.transparency.cose.SmallLog.QUANTUM_KEY;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.VerificationException;
import dev.indelible.transparency.VerificationException.Reason;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.Signer;
import dev.indelible.transparency.note.TestKeys;
import dev.indelible.transparency.note.VerifierKey;
import dev.indelible.transparency.policy.TrustPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TransparentStatementTest {
  private static final Entry ENTRY =
      Entry.sign(
          "urn:indelible:org:alder", "urn:uuid:1", Hash.EMPTY_TREE, TestKeys.ed25519Counting());
  private static final SmallLog LOG = SmallLog.of(11).with(6, ENTRY.leafHash());
  private static final Signer OTHER = TestKeys.random(KeyAlgorithm.ED25519);
  private static final VerifierKey ELSEWHERE =
      VerifierKey.of("other.example/log", KeyType.ED25519, OTHER);
  private static final CoseReceipt CLASSIC = LOG.receipt(6, KEY);
  private static final CoseReceipt QUANTUM = LOG.receipt(6, QUANTUM_KEY);

  private final TransparentStatement statement =
      new TransparentStatement(ENTRY, List.of(CLASSIC, QUANTUM));

  private static TrustPolicy policy(VerifierKey... logs) {
    StringBuilder text = new StringBuilder();
    for (VerifierKey log : logs) {
      text.append("log ").append(log.vkey()).append('\n');
    }
    return TrustPolicy.parse(text + "quorum none\n");
  }

  @Test
  void theLeafIsTheEntryWithoutReceipts() throws VerificationException {
    TransparentStatement read = TransparentStatement.parse(statement.bytes());
    assertArrayEquals(ENTRY.bytes(), read.entry().bytes());
    assertEquals(ENTRY.leafHash(), read.entry().leafHash());
    assertArrayEquals(statement.bytes(), read.bytes());
    assertEquals(ORIGIN, read.verify(policy(KEY, QUANTUM_KEY)));
    assertEquals(ORIGIN, read.verify(policy(KEY)));
    assertTrue(read.entry().isSignedBy(TestKeys.ed25519Counting().publicKey()));
  }

  @Test
  void entriesOfABatchAreStatementsToo() throws VerificationException {
    Draft draft = new Draft("urn:uuid:1", Hash.EMPTY_TREE);
    List<Entry> batch =
        Entry.signBatch("urn:x", List.of(draft, draft, draft), TestKeys.ed25519Counting());
    SmallLog log = SmallLog.of(5).with(2, batch.get(1).leafHash());
    TransparentStatement made =
        new TransparentStatement(batch.get(1), List.of(log.receipt(2, KEY)));
    TransparentStatement read = TransparentStatement.parse(made.bytes());
    assertEquals(ORIGIN, read.verify(policy(KEY)));
    assertTrue(read.entry().isSignedBy(TestKeys.ed25519Counting().publicKey()));
  }

  @Test
  void everyKeyTypeOfThePolicyNeedsAReceipt() {
    TransparentStatement stripped = new TransparentStatement(ENTRY, List.of(CLASSIC));
    assertEquals(Reason.UNSIGNED, refused(stripped, policy(KEY, QUANTUM_KEY)));
    assertEquals(Reason.UNKNOWN_LOG, refused(statement, policy()));
    assertEquals(Reason.UNKNOWN_LOG, refused(statement, policy(ELSEWHERE)));
    VerifierKey other =
        VerifierKey.of(ORIGIN, KeyType.ED25519, TestKeys.random(KeyAlgorithm.ED25519));
    assertEquals(Reason.UNSIGNED, refused(statement, policy(other, QUANTUM_KEY)));
  }

  /// Unknown receipts are ignored; a known key's wrong one refuses, wherever it stands.
  @Test
  void aWrongReceiptUnderAKnownKeyRefuses() throws VerificationException {
    CoseReceipt foreign = foreign(6);
    TransparentStatement more = new TransparentStatement(ENTRY, List.of(foreign, CLASSIC, QUANTUM));
    assertEquals(ORIGIN, more.verify(policy(KEY, QUANTUM_KEY)));
    CoseReceipt wrong = LOG.receipt(5, KEY);
    for (List<CoseReceipt> receipts :
        List.of(List.of(wrong), List.of(CLASSIC, wrong), List.of(wrong, CLASSIC, QUANTUM))) {
      TransparentStatement forged = new TransparentStatement(ENTRY, receipts);
      assertEquals(Reason.NOT_INCLUDED, refused(forged, policy(KEY, QUANTUM_KEY)));
    }
    CoseReceipt foreignWrong = foreign(5);
    TransparentStatement late =
        new TransparentStatement(ENTRY, List.of(CLASSIC, QUANTUM, foreignWrong));
    assertEquals(Reason.NOT_INCLUDED, refused(late, policy(KEY, QUANTUM_KEY, ELSEWHERE)));
  }

  /// By a log that has the same tree as ours.
  private static CoseReceipt foreign(int index) {
    byte[] signature = OTHER.sign(CoseReceipt.toBeSigned(ELSEWHERE, LOG.root()));
    return CoseReceipt.of(ELSEWHERE, LOG.inclusion(index), signature);
  }

  private static Reason refused(TransparentStatement statement, TrustPolicy policy) {
    return assertThrows(VerificationException.class, () -> statement.verify(policy)).reason();
  }

  @Test
  void otherHeadersAreRefused() {
    List<byte[]> receipts = List.of(CLASSIC.bytes());
    List<Map<Object, Object>> headers = new ArrayList<>();
    headers.add(Map.of());
    headers.add(Map.of(394L, List.of()));
    headers.add(Map.of(394L, CLASSIC.bytes()));
    headers.add(Map.of(394L, List.of("receipt")));
    headers.add(Map.of(393L, receipts));
    headers.add(Map.of(394L, List.of(ENTRY.bytes())));
    Map<Object, Object> more = new LinkedHashMap<>();
    more.put(4L, new byte[1]);
    more.put(394L, receipts);
    headers.add(more);
    for (Map<Object, Object> header : headers) {
      CoseSign1 parts = CoseSign1.parse(ENTRY.bytes());
      byte[] bytes =
          new CoseSign1(parts.protectedHeader, header, parts.payload, parts.signature).encode();
      assertThrows(IllegalArgumentException.class, () -> TransparentStatement.parse(bytes));
    }
    assertThrows(IllegalArgumentException.class, () -> new TransparentStatement(ENTRY, List.of()));
  }

  /// One flipped bit in every byte, in another place each time.
  @Test
  void everyChangedByteIsSeen() {
    byte[] bytes = new TransparentStatement(ENTRY, List.of(CLASSIC)).bytes();
    String before = HexFormat.of().formatHex(ENTRY.bytes());
    for (int at = 0; at < bytes.length; at++) {
      byte[] changed = bytes.clone();
      changed[at] ^= (byte) (1 << at % 8);
      try {
        TransparentStatement read = TransparentStatement.parse(changed);
        String origin = read.verify(policy(KEY));
        // What is left: the hints of size and index, which do not change what is proved.
        assertEquals(ORIGIN, origin);
        assertEquals(before, HexFormat.of().formatHex(read.entry().bytes()), "byte " + at);
        assertTrue(differsInSizeOrIndexOnly(bytes, changed), "byte " + at);
      } catch (IllegalArgumentException | VerificationException seen) {
        continue;
      }
    }
  }

  private static boolean differsInSizeOrIndexOnly(byte[] bytes, byte[] changed) {
    String hex = HexFormat.of().formatHex(bytes);
    int proof = hex.indexOf("830b06") / 2; // [11, 6, …]
    int at = Arrays.mismatch(bytes, changed);
    return at == proof + 1 || at == proof + 2;
  }
}
