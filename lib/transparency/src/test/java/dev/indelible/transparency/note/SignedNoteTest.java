package dev.indelible.transparency.note;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {
  private static final String TEXT =
      new Checkpoint("example.com/log", new TreeHead(7, Hash.leaf(new byte[] {7}))).text();

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void everyKeyTypeSignsAndEveryChangeIsSeen(KeyType type) {
    NoteSigner signer = NoteSigner.of("example.com/log", type, TestKeys.random(type.algorithm()));
    NoteSignature line = signer.sign(TEXT, 1_700_000_000);
    VerifierKey key = VerifierKey.parse(signer.key().vkey());
    assertEquals(signer.key(), key);
    assertTrue(key.claims(line));
    assertTrue(key.verify(TEXT, line));
    assertEquals(type.isTimed() ? 1_700_000_000 : 0, key.time(line));
    assertFalse(key.verify(TEXT.replace("\n7\n", "\n8\n"), line));
    assertFalse(key.verify(TEXT.replace("log", "lag"), line));
    byte[] blob = Base64.getDecoder().decode(line.blob());
    int step = type.algorithm() == KeyAlgorithm.ML_DSA_44 ? 97 : 1;
    for (int bit = 32; bit < blob.length * 8; bit += step) {
      byte[] changed = blob.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      NoteSignature forged =
          new NoteSignature(line.name(), Base64.getEncoder().encodeToString(changed));
      assertFalse(key.verify(TEXT, forged), type + " bit " + bit);
    }
    NoteSignature cut =
        new NoteSignature(
            line.name(), Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(blob, 9)));
    assertFalse(key.verify(TEXT, cut));
  }

  @Test
  void anotherNameIsAnotherKey() {
    Signer signer = TestKeys.ed25519Counting();
    VerifierKey one = VerifierKey.of("a", KeyType.ED25519, signer);
    VerifierKey other = VerifierKey.of("b", KeyType.ED25519, signer);
    assertFalse(one.id() == other.id());
    assertFalse(other.claims(NoteSignature.of(one, new byte[64])));
  }

  @Test
  void notesPrintAsTheyWereRead() {
    String sig = "— a AAAAAAE=\n";
    for (String note :
        List.of(
            "x\n\n" + sig,
            "x\n\n\n" + sig,
            "\n\n" + sig,
            "x\n\ny\n\n" + sig + sig + "— é AAAAAAE=\n")) {
      assertEquals(note, SignedNote.parse(note).print());
    }
    assertEquals(100, SignedNote.parse("x\n\n" + sig.repeat(100)).signatures().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "\n\n",
        "x\n\n",
        "x\n",
        "x\n\n— a AAAAAAE=",
        "x\n— a AAAAAAE=\n",
        "\n— a AAAAAAE=\n",
        "x\n\n— a AAAAAAE=\n\n",
        "x\n\n— a AAAAAAE= \n",
        "x\n\n—  a AAAAAAE=\n",
        "x\n\n- a AAAAAAE=\n",
        "x\n\n— a+b AAAAAAE=\n",
        "x\n\n—  AAAAAAE=\n",
        "x\n\n— a AAAAAA==\n",
        "x\n\n— a AAAAAAF=\n",
        "x\n\n— a AAAAAAE\n",
        "x\n\n— a !!!!!!!!\n",
        "x\n\n— a AAAAAAE=\r\n",
        "x\r\n\n— a AAAAAAE=\n",
        "x\t\n\n— a AAAAAAE=\n",
        "x\n\n— a\u00a0b AAAAAAE=\n",
        "x\n\n— a\u0085 AAAAAAE=\n",
        "x\n\n— a\u2003 AAAAAAE=\n",
        "x\n\nstray\n— a AAAAAAE=\n",
      })
  void refuses(String note) {
    assertThrows(IllegalArgumentException.class, () -> SignedNote.parse(note));
  }

  @Test
  void refusesMoreSignaturesThanItReads() {
    String note = "x\n\n" + "— a AAAAAAE=\n".repeat(101);
    assertThrows(IllegalArgumentException.class, () -> SignedNote.parse(note));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "a+b",
        "a+e827a818",
        "a+e827a818+",
        "a+e827a818+AQ==",
        "ledger.example/claims+e827a819+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
        "ledger.example/claimz+e827a818+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
        "ledger.example/claims+E827A818+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
        "ledger.example/claims+e827a818+BAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
        "ledger.example/claims+e827a818+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG",
        "ledger.example/claims+e827a818+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4\n",
        " ledger.example/claims+e827a818+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
        "+e827a818+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
      })
  void refusesVerifierKeys(String vkey) {
    assertThrows(IllegalArgumentException.class, () -> VerifierKey.parse(vkey));
  }

  @Test
  void pemKeepsBothHalvesAndRefusesStrangers() {
    for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
      String pem = PemKey.generate(algorithm);
      Signer signer = PemKey.parse(algorithm, pem);
      byte[] message = {1, 2, 3};
      assertTrue(algorithm.verify(signer.publicKey(), message, signer.sign(message)));
      String other = PemKey.generate(algorithm);
      String mixed =
          pem.substring(0, pem.indexOf("-----BEGIN PUBLIC"))
              + other.substring(other.indexOf("-----BEGIN PUBLIC"));
      assertThrows(IllegalArgumentException.class, () -> PemKey.parse(algorithm, mixed));
      assertThrows(IllegalArgumentException.class, () -> PemKey.parse(algorithm, ""));
      assertEquals(
          signer.publicKey().length,
          PemKey.parse(algorithm, pem.replace("\n", "\r\n")).publicKey().length);
    }
    String ed25519 = PemKey.generate(KeyAlgorithm.ED25519);
    assertThrows(
        IllegalArgumentException.class, () -> PemKey.parse(KeyAlgorithm.ML_DSA_44, ed25519));
    String mlDsa = PemKey.generate(KeyAlgorithm.ML_DSA_44);
    assertThrows(IllegalArgumentException.class, () -> PemKey.parse(KeyAlgorithm.ED25519, mlDsa));
  }
}
