package dev.indelible.ledger.hsm;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.VerificationException;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.NoteSigner;
import dev.indelible.transparency.note.PemKey;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.note.Signer;
import dev.indelible.transparency.policy.TrustPolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// A key in a real token, and what becomes of it when the token goes away.
@EnabledIf(
    value = "dev.indelible.ledger.hsm.SoftHsm#isUsable",
    disabledReason = "softhsm2 or opensc is not installed")
class HsmKeyTest {
  private static final String LABEL = "claims, first";
  private static final byte[] MESSAGE = "what is signed".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  private SoftHsm token;
  private Signer key;

  @BeforeEach
  void generate() throws Exception {
    token = SoftHsm.start(folder);
    key = token.generate(LABEL);
  }

  private Hsm hsm(String label) {
    return new Hsm(token.configured(label));
  }

  private void requireSigns() {
    assertTrue(KeyAlgorithm.ED25519.verify(key.publicKey(), MESSAGE, key.sign(MESSAGE)));
  }

  @Test
  void signsCheckpointsThatAPolicyAccepts() throws VerificationException {
    String origin = "test.example/claims";
    NoteSigner today = NoteSigner.of(origin, KeyType.ED25519, key);
    KeyAlgorithm algorithm = KeyAlgorithm.ML_DSA_44;
    NoteSigner later =
        NoteSigner.of(
            origin,
            KeyType.ML_DSA_44_COSIGNATURE,
            PemKey.parse(algorithm, PemKey.generate(algorithm)));
    TrustPolicy policy =
        TrustPolicy.parse(
            "log %s\nlog %s\nquorum none\n".formatted(today.key().vkey(), later.key().vkey()));
    String text = new Checkpoint(origin, TreeHead.EMPTY).text();
    SignedNote note = new SignedNote(text, List.of(today.sign(text, 1), later.sign(text, 1)));
    assertEquals(TreeHead.EMPTY, policy.open(note).checkpoint().head());
  }

  @Test
  void signsForManyThreads() throws Exception {
    Callable<byte[]> one = () -> key.sign(MESSAGE);
    byte[] expected = key.sign(MESSAGE);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var signature : threads.invokeAll(java.util.Collections.nCopies(50, one))) {
        assertArrayEquals(expected, signature.get());
      }
    }
  }

  @Test
  void aLostSessionIsOpenedAgain() throws Exception {
    requireSigns();
    Cryptoki library = Cryptoki.load(token.library());
    var closeAllSessions = Cryptoki.Function.of("C_CloseAllSessions", 14, JAVA_LONG);
    library.call(closeAllSessions, TokenSession.slot(library, SoftHsm.TOKEN));
    requireSigns();
  }

  @Test
  void aRestartOfTheDeviceIsSurvived() {
    requireSigns();
    token.restart();
    requireSigns();
  }

  @Test
  void withoutTheTokenNothingIsSignedUntilItIsBack() throws Exception {
    token.unplug();
    assertThrows(IllegalStateException.class, () -> key.sign(MESSAGE));
    token.plugIn();
    requireSigns();
  }

  @Test
  void anotherKeyUnderTheSameLabelDoesNotSignForThisOne() throws Exception {
    token.delete(LABEL);
    token.generate(LABEL);
    assertThrows(IllegalStateException.class, () -> key.sign(MESSAGE));
  }

  @Test
  void twoKeysUnderOneLabelAreRefused() throws Exception {
    assertThrows(IllegalArgumentException.class, () -> token.generate(LABEL));
  }

  @Test
  void whatIsNotThereIsSaidAtOnce() throws Exception {
    assertThrows(IllegalArgumentException.class, () -> hsm(SoftHsm.TOKEN).ed25519("another"));
    assertThrows(IllegalArgumentException.class, () -> hsm("another").ed25519(LABEL));
  }

  /// A device locks itself when a wrong PIN comes often enough.
  @Test
  void aWrongPinIsTriedOnce() throws Exception {
    token.restart();
    Files.writeString(token.pin(), "9999\n");
    assertEquals("C_Login returned 0xa0", refusal());
    assertEquals("the token refused this PIN before", refusal());
    Files.writeString(token.pin(), "1234\n");
    requireSigns();
    Files.writeString(token.pin(), "9999\n");
    token.restart();
    assertThrows(IllegalArgumentException.class, () -> hsm(SoftHsm.TOKEN).ed25519(LABEL));
  }

  private String refusal() {
    return assertThrows(IllegalStateException.class, () -> key.sign(MESSAGE))
        .getCause()
        .getMessage();
  }

  @Test
  void aFileThatIsNoPkcs11LibraryIsRefused() {
    Path libc = Path.of("/lib/x86_64-linux-gnu/libc.so.6");
    org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(libc));
    assertThrows(IllegalArgumentException.class, () -> Cryptoki.load(libc));
    assertThrows(IllegalArgumentException.class, () -> Cryptoki.load(folder.resolve("none.so")));
  }
}
