package dev.indelible.transparency.cose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.TreeHash;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.Signer;
import dev.indelible.transparency.note.TestKeys;
import dev.indelible.transparency.note.VerifierKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchTest {
  private static final String ISSUER = "urn:indelible:org:alder";

  private final Signer signer = TestKeys.ed25519Counting();
  private final VerifierKey key = VerifierKey.of("alder", KeyType.ED25519, signer);
  private final VerifierKey stranger =
      VerifierKey.of("alder", KeyType.ED25519, TestKeys.random(KeyAlgorithm.ED25519));

  private static List<Draft> drafts(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Draft("urn:uuid:" + i, Hash.leaf(new byte[] {(byte) i})))
        .toList();
  }

  @Test
  void everyEntryOfEveryBatchIsSignedAndStandsAlone() {
    List<Integer> sizes = new ArrayList<>(IntStream.rangeClosed(1, 33).boxed().toList());
    sizes.addAll(List.of(255, 256, 257));
    for (int size : sizes) {
      List<Draft> drafts = drafts(size);
      List<Entry> entries = Entry.signBatch(ISSUER, drafts, signer);
      assertEquals(size, entries.size());
      for (int i = 0; i < size; i += size < 64 ? 1 : 51) {
        Entry read = Entry.parse(entries.get(i).bytes());
        assertEquals(ISSUER, read.issuer());
        assertEquals(drafts.get(i), new Draft(read.subject(), read.statementRoot()));
        assertEquals(Hash.leaf(entries.get(i).bytes()), read.leafHash());
        assertTrue(read.isSignedBy(key), i + " of " + size);
        assertTrue(read.isSignedBy(signer.publicKey()), i + " of " + size);
        assertFalse(read.isSignedBy(stranger));
      }
    }
  }

  @Test
  void theLargestBatch() {
    List<Entry> entries = Entry.signBatch(ISSUER, drafts(Batch.MAX_SIZE), signer);
    Set<Hash> leaves = new HashSet<>();
    for (Entry entry : entries) {
      leaves.add(entry.leafHash());
    }
    assertEquals(Batch.MAX_SIZE, leaves.size());
    assertTrue(entries.getFirst().isSignedBy(key));
    assertTrue(entries.getLast().isSignedBy(key));
    for (int count : new int[] {0, Batch.MAX_SIZE + 1}) {
      List<Draft> drafts = drafts(count);
      assertThrows(IllegalArgumentException.class, () -> Entry.signBatch(ISSUER, drafts, signer));
    }
  }

  /// Who takes a batch builds the bytes that its issuer has.
  @Test
  void bothSidesBuildTheSameEntries() {
    List<Draft> drafts = drafts(11);
    byte[] signature = signer.sign(Batch.of(ISSUER, drafts, key.thumbprint()).toBeSigned());
    List<Entry> ours = Entry.signBatch(ISSUER, drafts, signer);
    List<Entry> theirs = Entry.batch(ISSUER, drafts, key, signature).orElseThrow();
    for (int i = 0; i < drafts.size(); i++) {
      assertArrayEquals(ours.get(i).bytes(), theirs.get(i).bytes());
    }
  }

  @Test
  void aBatchUnderAnotherSignatureIsNone() {
    List<Draft> drafts = drafts(7);
    byte[] signature = signer.sign(Batch.of(ISSUER, drafts, key.thumbprint()).toBeSigned());
    assertTrue(Entry.batch(ISSUER, drafts, stranger, signature).isEmpty());
    assertTrue(Entry.batch(ISSUER, drafts(6), key, signature).isEmpty());
    assertTrue(Entry.batch(ISSUER, drafts, key, Arrays.copyOf(signature, 63)).isEmpty());
    assertTrue(Entry.batch(ISSUER, drafts, key, new byte[0]).isEmpty());
    for (int bit = 0; bit < 512; bit++) {
      byte[] changed = signature.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertTrue(Entry.batch(ISSUER, drafts, key, changed).isEmpty(), "bit " + bit);
    }
  }

  @Test
  void onlyEd25519SignsBatches() {
    Signer quantum = TestKeys.random(KeyAlgorithm.ML_DSA_44);
    assertThrows(IllegalArgumentException.class, () -> Entry.signBatch(ISSUER, drafts(2), quantum));
    VerifierKey quantumKey = VerifierKey.of("alder", KeyType.ML_DSA_44_COSIGNATURE, quantum);
    assertThrows(
        IllegalArgumentException.class,
        () -> Entry.batch(ISSUER, drafts(2), quantumKey, new byte[2420]));
    Batch batch = Batch.of(ISSUER, drafts(2), key.thumbprint());
    assertThrows(IllegalArgumentException.class, () -> batch.entries(new byte[65]));
    assertThrows(IllegalArgumentException.class, () -> batch.entries(new byte[64 + 32]));
  }

  @Test
  void theMessageIsWhatTheDocumentationSays() {
    List<Draft> drafts = drafts(5);
    List<Hash> leaves = new ArrayList<>();
    EntryEncoder encoder = new EntryEncoder(EntryForm.BATCH, ISSUER, key.thumbprint());
    for (Draft draft : drafts) {
      leaves.add(Hash.leaf(encoder.toBeSigned(draft.subject(), draft.statementRoot())));
    }
    ByteBuffer expected = ByteBuffer.allocate(59);
    expected.put("indelible/batch/v1\n".getBytes(StandardCharsets.US_ASCII)).putLong(5);
    expected.put(TreeHash.of(leaves).bytes());
    assertArrayEquals(expected.array(), Batch.of(ISSUER, drafts, key.thumbprint()).toBeSigned());
  }

  /// Must change the message: everything that is said, its order, who says it and by which key.
  @Test
  void everyPartOfABatchIsSigned() {
    List<Draft> drafts = drafts(5);
    Set<Hash> messages = new HashSet<>();
    messages.add(message(ISSUER, drafts, key));
    messages.add(message(ISSUER + "2", drafts, key));
    messages.add(message(ISSUER, drafts, stranger));
    messages.add(message(ISSUER, drafts(6), key));
    messages.add(message(ISSUER, drafts(4), key));
    List<Draft> reversed = new ArrayList<>(drafts);
    Collections.reverse(reversed);
    messages.add(message(ISSUER, reversed, key));
    List<Draft> twice = new ArrayList<>(drafts);
    twice.add(drafts.getLast());
    messages.add(message(ISSUER, twice, key));
    for (int i = 0; i < drafts.size(); i++) {
      List<Draft> changed = new ArrayList<>(drafts);
      changed.set(i, new Draft(drafts.get(i).subject() + "x", drafts.get(i).statementRoot()));
      messages.add(message(ISSUER, changed, key));
      changed.set(i, new Draft(drafts.get(i).subject(), Hash.EMPTY_TREE));
      messages.add(message(ISSUER, changed, key));
    }
    assertEquals(7 + 2 * drafts.size(), messages.size());
    // Must not change: the same again, under whatever name the key is known.
    VerifierKey renamed = VerifierKey.of("birch", KeyType.ED25519, signer);
    assertEquals(message(ISSUER, drafts, key), message(ISSUER, drafts(5), renamed));
    assertArrayEquals(
        Entry.signBatch(ISSUER, drafts, signer).get(2).bytes(),
        Entry.signBatch(ISSUER, drafts(5), signer).get(2).bytes());
  }

  private static Hash message(String issuer, List<Draft> drafts, VerifierKey key) {
    return Hash.sha256(Batch.of(issuer, drafts, key.thumbprint()).toBeSigned());
  }

  /// Every bit of every byte: refused, or not signed; and another leaf.
  @Test
  void everyChangedBitIsSeen() {
    Entry entry = Entry.signBatch(ISSUER, drafts(5), signer).get(3);
    byte[] bytes = entry.bytes();
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] changed = bytes.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertNotEquals(entry.leafHash(), Hash.leaf(changed));
      assertFalse(isSigned(changed), "bit " + bit);
    }
  }

  @Test
  void everyCutAndEveryAppendedByteIsRefused() {
    byte[] bytes = Entry.signBatch(ISSUER, drafts(5), signer).get(3).bytes();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThrows(IllegalArgumentException.class, () -> Entry.parse(cut));
    }
    for (int more : new int[] {1, 32, 64}) {
      byte[] longer = Arrays.copyOf(bytes, bytes.length + more);
      assertThrows(IllegalArgumentException.class, () -> Entry.parse(longer));
    }
  }

  private boolean isSigned(byte[] bytes) {
    try {
      return Entry.parse(bytes).isSignedBy(key);
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  /// A signature of one form is none of the other, in either direction.
  @Test
  void theTwoFormsCannotBeConfused() {
    Hash root = drafts(1).getFirst().statementRoot();
    Entry single = Entry.sign(ISSUER, "urn:uuid:0", root, signer);
    Entry batch = Entry.signBatch(ISSUER, drafts(1), signer).getFirst();
    assertNotEquals(single.leafHash(), batch.leafHash());
    byte[] singleSignature = tail(single.bytes(), 64);
    Batch one = Batch.of(ISSUER, drafts(1), key.thumbprint());
    assertFalse(one.entries(singleSignature).getFirst().isSignedBy(key));
    byte[] batchSignature = signer.sign(one.toBeSigned());
    byte[] asSingle =
        EntryEncoder.entry(
            new EntryEncoder(EntryForm.SINGLE, ISSUER, key.thumbprint())
                .toBeSigned("urn:uuid:0", root),
            batchSignature);
    assertFalse(Entry.parse(asSingle).isSignedBy(key));
    // Nor the message of one the message of the other.
    assertEquals('i', one.toBeSigned()[0]);
    assertEquals((byte) 0x84, EntryEncoder.SIGNED_START[0]);
  }

  private static byte[] tail(byte[] bytes, int length) {
    return Arrays.copyOfRange(bytes, bytes.length - length, bytes.length);
  }
}
