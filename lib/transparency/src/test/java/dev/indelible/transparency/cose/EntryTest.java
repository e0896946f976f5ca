package dev.indelible.transparency.cose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.Signer;
import dev.indelible.transparency.note.TestKeys;
import dev.indelible.transparency.note.VerifierKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryTest {
  private static final String ISSUER = "urn:indelible:org:alder";
  private static final String SUBJECT = "urn:uuid:6f1f1e2e-7d43-4a6f-9f0e-0123456789ab";

  private final Signer signer = TestKeys.ed25519Counting();
  private final Hash root = Hash.leaf(new byte[] {1, 2, 3});
  private final Entry entry = Entry.sign(ISSUER, SUBJECT, root, signer);

  @Test
  void parsesItsOwnBytes() {
    Entry read = Entry.parse(entry.bytes());
    assertEquals(ISSUER, read.issuer());
    assertEquals(SUBJECT, read.subject());
    assertEquals(root, read.statementRoot());
    assertEquals(entry.leafHash(), read.leafHash());
    assertEquals(Hash.leaf(entry.bytes()), read.leafHash());
    assertArrayEquals(entry.bytes(), read.bytes());
    assertTrue(read.isSignedBy(signer.publicKey()));
  }

  @Test
  void aStatementIsTheEntryWithItsUnprotectedHeaderEmptied() {
    CoseSign1 parts = CoseSign1.parse(entry.bytes());
    for (Map<?, ?> header :
        List.of(Map.of(), Map.of(394L, List.of(new byte[3])), Map.of("x", 1L))) {
      byte[] bytes =
          new CoseSign1(parts.protectedHeader, header, parts.payload, parts.signature).encode();
      assertArrayEquals(entry.bytes(), Entry.ofStatement(bytes).bytes());
    }
    byte[] detached =
        new CoseSign1(parts.protectedHeader, Map.of(), null, parts.signature).encode();
    assertThrows(IllegalArgumentException.class, () -> Entry.ofStatement(detached));
    assertThrows(IllegalArgumentException.class, () -> Entry.ofStatement(new byte[0]));
  }

  @Test
  void anotherKeyDidNotSign() {
    byte[] other = TestKeys.random(KeyAlgorithm.ED25519).publicKey();
    assertFalse(entry.isSignedBy(other));
    Signer postQuantum = TestKeys.random(KeyAlgorithm.ML_DSA_44);
    assertThrows(
        IllegalArgumentException.class, () -> Entry.sign(ISSUER, SUBJECT, root, postQuantum));
  }

  /// Every bit of every byte: the bytes are refused or the signature fails, and the leaf changes.
  @Test
  void everyChangedBitIsSeen() {
    byte[] bytes = entry.bytes();
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] changed = bytes.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertNotEquals(entry.leafHash(), Hash.leaf(changed));
      assertFalse(isValid(changed), "bit " + bit);
    }
  }

  @Test
  void everyCutAndEveryAppendedByteIsRefused() {
    byte[] bytes = entry.bytes();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThrows(IllegalArgumentException.class, () -> Entry.parse(cut));
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThrows(IllegalArgumentException.class, () -> Entry.parse(longer));
  }

  private boolean isValid(byte[] bytes) {
    try {
      return Entry.parse(bytes).isSignedBy(signer.publicKey());
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  /// Replaces one encoding by another of the same value.
  @ParameterizedTest
  @CsvSource({
    "d284, d29804, array length in two bytes",
    "d284, d81284, tag in two bytes",
    "d284, d29f, indefinite array",
    "a0, b800, empty map in two bytes",
    "a0, bfff, indefinite map",
    "5820, 590020, byte string length in three bytes",
    "5840, 590040, signature length in three bytes",
  })
  void otherEncodingsOfTheSameEntryAreRefused(String from, String to, String why) {
    String hex = HexFormat.of().formatHex(entry.bytes());
    int at = from.equals("a0") ? hex.indexOf("a05820") : hex.indexOf(from);
    String changed = hex.substring(0, at) + to + hex.substring(at + from.length());
    if (to.endsWith("9f")) {
      changed += "ff";
    }
    byte[] bytes = HexFormat.of().parseHex(changed);
    assertThrows(IllegalArgumentException.class, () -> Entry.parse(bytes), why);
  }

  /// The header inside its byte string: length prefixes outside are corrected, so only the inner
  /// encoding is at fault.
  @ParameterizedTest
  @CsvSource({
    "a50127, b8050127, map of five in two bytes",
    "a50127, a5180127, label 1 in two bytes",
    "a50127, a5013807, algorithm in two bytes",
    "a50127, a50126, algorithm ES256",
  })
  void otherHeadersAreRefused(String from, String to, String why) {
    List<Object> parts = parts();
    String hex = HexFormat.of().formatHex((byte[]) parts.getFirst());
    assertTrue(hex.contains(from), hex);
    parts.set(0, HexFormat.of().parseHex(hex.replace(from, to)));
    byte[] bytes = Cbor.encode(new Cbor.Tagged(18, parts));
    assertThrows(IllegalArgumentException.class, () -> Entry.parse(bytes), why);
  }

  /// Strings of the right kind and the wrong length or content.
  @ParameterizedTest
  @CsvSource({
    "045820, 04581f, thumbprint cut",
    "045820, 045821, thumbprint longer",
    "75726e3a696e64, 7572ff3a696e64, issuer not UTF-8",
    "75726e3a696e64, 75eda0803a696e64, issuer with a lone surrogate",
    "190103, 190104, preimage type under another label",
  })
  void otherStringsAreRefused(String from, String to, String why) {
    List<Object> parts = parts();
    String hex = HexFormat.of().formatHex((byte[]) parts.getFirst());
    assertTrue(hex.contains(from), hex);
    parts.set(0, HexFormat.of().parseHex(hex.replace(from, to)));
    byte[] bytes = Cbor.encode(new Cbor.Tagged(18, parts));
    assertThrows(IllegalArgumentException.class, () -> Entry.parse(bytes), why);
  }

  @Test
  void payloadAndSignatureHaveOneLength() {
    for (int part : new int[] {2, 3}) {
      byte[] right = (byte[]) parts().get(part);
      for (int length : new int[] {0, right.length - 1, right.length + 1, right.length + 36}) {
        List<Object> parts = parts();
        parts.set(part, Arrays.copyOf(right, length));
        byte[] bytes = Cbor.encode(new Cbor.Tagged(18, parts));
        assertThrows(IllegalArgumentException.class, () -> Entry.parse(bytes));
      }
    }
  }

  /// What replaces malformed input may also be meant.
  @ParameterizedTest
  @ValueSource(strings = {"urn:x:\ufffd", "urn:x:é\ud83d\ude00\u0000", ""})
  void everyTextIsAName(String name) {
    Entry read = Entry.parse(Entry.sign(name, name, root, signer).bytes());
    assertEquals(name, read.issuer());
    assertEquals(name, read.subject());
    assertTrue(read.isSignedBy(signer.publicKey()));
  }

  @ParameterizedTest
  @ValueSource(ints = {23, 24, 255, 256, 300, 65_000})
  void namesOfEveryLengthClass(int length) {
    String name = "u".repeat(length);
    Entry read = Entry.parse(Entry.sign("urn:x", name, root, signer).bytes());
    assertEquals(name, read.subject());
    assertTrue(read.isSignedBy(signer.publicKey()));
  }

  @Test
  void whatNoLogTakesIsNotSigned() {
    String long1 = "u".repeat(65_500);
    assertThrows(IllegalArgumentException.class, () -> Entry.sign("urn:x", long1, root, signer));
    assertThrows(IllegalArgumentException.class, () -> Entry.sign("\ud800", "urn:x", root, signer));
    assertThrows(IllegalArgumentException.class, () -> Entry.sign("urn:x", "\udc00", root, signer));
  }

  @Test
  void aKeyThatIsKeptAnswersTheSame() {
    VerifierKey key = VerifierKey.of("alder", KeyType.ED25519, signer);
    assertTrue(entry.isSignedBy(key));
    assertTrue(entry.isSignedBy(key));
    assertEquals(key.thumbprint(), entry.kid());
    Signer stranger = TestKeys.random(KeyAlgorithm.ED25519);
    assertFalse(entry.isSignedBy(VerifierKey.of("alder", KeyType.ED25519, stranger)));
    Signer quantum = TestKeys.random(KeyAlgorithm.ML_DSA_44);
    assertFalse(entry.isSignedBy(VerifierKey.of("alder", KeyType.ML_DSA_44_COSIGNATURE, quantum)));
  }

  @Test
  void nobodyChangesAnEntryFromOutside() {
    byte[] given = entry.bytes();
    Entry read = Entry.parse(given);
    Hash before = read.leafHash();
    given[40] ^= 1;
    read.bytes()[40] ^= 1;
    assertEquals(before, Hash.leaf(read.bytes()));
    assertTrue(read.isSignedBy(signer.publicKey()));
  }

  /// RFC 9943 §6.3: what is not signed is not in the leaf.
  @Test
  void theUnprotectedHeaderIsEmpty() {
    List<Object> parts = parts();
    parts.set(1, Map.of(4L, new byte[0]));
    byte[] bytes = Cbor.encode(new Cbor.Tagged(18, parts));
    assertThrows(IllegalArgumentException.class, () -> Entry.parse(bytes));
  }

  private List<Object> parts() {
    Cbor.Tagged tagged = (Cbor.Tagged) CborReader.read(entry.bytes());
    return new ArrayList<>((List<?>) tagged.item());
  }

  @Test
  void identicalInputGivesIdenticalBytes() {
    assertArrayEquals(entry.bytes(), Entry.sign(ISSUER, SUBJECT, root, signer).bytes());
  }

  @Test
  void everyPartChangesTheLeaf() {
    Hash otherRoot = Hash.leaf(new byte[0]);
    assertNotEquals(entry.leafHash(), Entry.sign(ISSUER + "2", SUBJECT, root, signer).leafHash());
    assertNotEquals(entry.leafHash(), Entry.sign(ISSUER, SUBJECT + "2", root, signer).leafHash());
    assertNotEquals(entry.leafHash(), Entry.sign(ISSUER, SUBJECT, otherRoot, signer).leafHash());
    Signer other = TestKeys.random(KeyAlgorithm.ED25519);
    assertNotEquals(entry.leafHash(), Entry.sign(ISSUER, SUBJECT, root, other).leafHash());
    // A byte moved from the issuer to the subject.
    Hash ab = Entry.sign("ab", "c", root, signer).leafHash();
    assertNotEquals(ab, Entry.sign("a", "bc", root, signer).leafHash());
  }
}
