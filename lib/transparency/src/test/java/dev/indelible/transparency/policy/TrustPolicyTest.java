package dev.indelible.transparency.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.VerificationException;
import dev.indelible.transparency.VerificationException.Reason;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.NoteSignature;
import dev.indelible.transparency.note.NoteSigner;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.note.TestKeys;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("asvs-5.0/11.1.4")
class TrustPolicyTest {
  private static final String ORIGIN = "log.example/claims";
  private static final long NOW = 1_700_000_000;

  private static final NoteSigner LOG = signer(ORIGIN, KeyType.ED25519);
  private static final NoteSigner LOG_PQ = signer(ORIGIN, KeyType.ML_DSA_44_COSIGNATURE);
  private static final NoteSigner NEXT = signer(ORIGIN, KeyType.ED25519);
  private static final NoteSigner A = signer("a.example", KeyType.ED25519_COSIGNATURE);
  private static final NoteSigner B = signer("b.example", KeyType.ML_DSA_44_COSIGNATURE);
  private static final NoteSigner C = signer("c.example", KeyType.ED25519_COSIGNATURE);
  private static final NoteSigner STRANGER = signer("d.example", KeyType.ED25519_COSIGNATURE);

  private static final TrustPolicy POLICY =
      TrustPolicy.parse(
          "log "
              + LOG.key().vkey()
              + "\nlog "
              + LOG_PQ.key().vkey()
              + "\nwitness A "
              + A.key().vkey()
              + "\nwitness B "
              + B.key().vkey()
              + "\nwitness C "
              + C.key().vkey()
              + "\ngroup two 2 A B C\nquorum two\n");

  private final String text =
      new Checkpoint(ORIGIN, new TreeHead(3, Hash.leaf(new byte[] {3}))).text();

  private static NoteSigner signer(String name, KeyType type) {
    return NoteSigner.of(name, type, TestKeys.random(type.algorithm()));
  }

  private SignedNote note(NoteSigner... signers) {
    return new SignedNote(text, List.of(signers).stream().map(s -> s.sign(text, NOW)).toList());
  }

  private static Reason refusal(SignedNote note) {
    return assertThrows(VerificationException.class, () -> POLICY.open(note)).reason();
  }

  @Test
  void aWitnessedCheckpoint() throws VerificationException {
    OpenedCheckpoint opened = POLICY.open(note(LOG, LOG_PQ, A, B));
    assertTrue(opened.witnessed());
    assertEquals(text, opened.checkpoint().text());
    Instant time = Instant.ofEpochSecond(NOW);
    assertEquals(
        List.of(new Cosignature("A", time), new Cosignature("B", time)), opened.cosignatures());
  }

  @Test
  void orderAndUnknownLinesDoNotMatter() throws VerificationException {
    assertTrue(POLICY.open(note(STRANGER, B, LOG_PQ, A, LOG)).witnessed());
    NoteSignature sameNameOtherKey = NEXT.sign(text, NOW);
    assertTrue(POLICY.open(note(LOG, LOG_PQ, A, B).with(List.of(sameNameOtherKey))).witnessed());
  }

  @Test
  void neitherAlgorithmCanBeDropped() {
    assertEquals(Reason.UNSIGNED, refusal(note(LOG, A, B, C)));
    assertEquals(Reason.UNSIGNED, refusal(note(LOG_PQ, A, B, C)));
    assertEquals(Reason.UNSIGNED, refusal(note(A, B, C)));
    assertEquals(Reason.UNSIGNED, refusal(note(NEXT, LOG_PQ, A, B)));
  }

  @Test
  void anyWrongSignatureOfAKnownKeyRefusesTheNote() {
    String other = new Checkpoint(ORIGIN, new TreeHead(4, Hash.leaf(new byte[] {4}))).text();
    for (NoteSigner signer : List.of(LOG, LOG_PQ, A, B, C)) {
      NoteSignature wrong = signer.sign(other, NOW);
      SignedNote note = note(LOG, LOG_PQ, A, B, C).with(List.of(wrong));
      assertEquals(Reason.BAD_SIGNATURE, refusal(note), signer.key().name());
    }
  }

  @Test
  void aChangedTimeIsAWrongSignature() {
    for (NoteSigner signer : List.of(LOG_PQ, A, B)) {
      byte[] blob = Base64.getDecoder().decode(signer.sign(text, NOW).blob());
      blob[11] ^= 1;
      NoteSignature line =
          new NoteSignature(signer.key().name(), Base64.getEncoder().encodeToString(blob));
      assertEquals(Reason.BAD_SIGNATURE, refusal(note(LOG, LOG_PQ).with(List.of(line))));
    }
  }

  @Test
  void tooFewWitnessesLeaveItUnwitnessed() throws VerificationException {
    assertFalse(POLICY.open(note(LOG, LOG_PQ)).witnessed());
    assertFalse(POLICY.open(note(LOG, LOG_PQ, A)).witnessed());
    assertFalse(POLICY.open(note(LOG, LOG_PQ, A, STRANGER)).witnessed());
  }

  @Test
  void oneWitnessCountsOnce() throws VerificationException {
    SignedNote twice = note(LOG, LOG_PQ, A).with(List.of(A.sign(text, NOW + 1), A.sign(text, NOW)));
    OpenedCheckpoint opened = POLICY.open(twice);
    assertFalse(opened.witnessed());
    assertEquals(1, opened.cosignatures().size());
    assertEquals(Instant.ofEpochSecond(NOW), opened.cosignatures().getFirst().time());
  }

  @Test
  void aCosignatureWithoutATimeDoesNotCount() throws VerificationException {
    SignedNote note = note(LOG, LOG_PQ, A).with(List.of(C.sign(text, 0)));
    assertFalse(POLICY.open(note).witnessed());
  }

  @Test
  void anotherLogIsUnknown() {
    String other = new Checkpoint("log.example/trials", TreeHead.EMPTY).text();
    SignedNote note = new SignedNote(other, List.of(LOG.sign(other, NOW)));
    assertEquals(Reason.UNKNOWN_LOG, refusal(note));
  }

  @Test
  void notACheckpoint() {
    SignedNote note = new SignedNote("hello\n", List.of(LOG.sign("hello\n", NOW)));
    assertEquals(Reason.MALFORMED, refusal(note));
  }

  /// While a key is being replaced the policy lists both; either one's signature will do.
  @Test
  void aReplacedKeyOverlapsWithItsSuccessor() throws VerificationException {
    TrustPolicy overlap =
        TrustPolicy.parse(
            "log " + LOG.key().vkey() + "\nlog " + NEXT.key().vkey() + "\nquorum none\n");
    for (SignedNote note : List.of(note(LOG), note(NEXT), note(LOG, NEXT))) {
      assertTrue(overlap.open(note).witnessed());
    }
  }
}
