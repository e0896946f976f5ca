package dev.indelible.transparency.note;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.merkle.Subtree;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubtreeStatementTest {
  private static final Hash HASH = Hash.sha256("x".getBytes(StandardCharsets.UTF_8));
  private static final SubtreeStatement STATEMENT =
      new SubtreeStatement("log.example/a", new Subtree(8, 13), HASH);
  private static final NoteSigner SIGNER = signer("witness.example/w", KeyAlgorithm.ML_DSA_44);

  @Test
  void isTheMessageOfTheSpecification() {
    String expected =
        "737562747265652f76310a00"
            + "01" // length of the cosigner's name
            + "77"
            + "0000000000000000" // no time
            + "0d" // length of the origin
            + HexFormat.of().formatHex("log.example/a".getBytes(StandardCharsets.UTF_8))
            + "0000000000000008"
            + "000000000000000d"
            + HASH.toHex();
    assertEquals(expected, HexFormat.of().formatHex(STATEMENT.message("w", 0)));
  }

  @Test
  void verifiesWhatWasSignedAndNothingElse() {
    NoteSignature line = SIGNER.sign(STATEMENT);
    assertTrue(SIGNER.key().verify(STATEMENT, line));
    assertEquals(0, SIGNER.key().time(line));
    List<SubtreeStatement> others =
        List.of(
            new SubtreeStatement("log.example/b", new Subtree(8, 13), HASH),
            new SubtreeStatement("log.example/a", new Subtree(8, 14), HASH),
            new SubtreeStatement("log.example/a", new Subtree(16, 21), HASH),
            new SubtreeStatement("log.example/a", new Subtree(8, 13), Hash.EMPTY_TREE));
    others.forEach(other -> assertFalse(SIGNER.key().verify(other, line), other::toString));
  }

  @Test
  void theWholeTreeIsTheCheckpointWithoutATime() {
    String text = new Checkpoint("log.example/a", new TreeHead(5, HASH)).text();
    SubtreeStatement whole = new SubtreeStatement("log.example/a", new Subtree(0, 5), HASH);
    assertTrue(SIGNER.key().verify(text, SIGNER.sign(whole)));
    assertFalse(SIGNER.key().verify(whole, SIGNER.sign(text, 1)), "a time makes it no subtree");
  }

  @Test
  void anInnerSubtreeHasNoTimeAndEd25519SignsNone() {
    assertThrows(IllegalArgumentException.class, () -> STATEMENT.message("w", 1));
    NoteSigner ed25519 = signer("witness.example/w", KeyAlgorithm.ED25519);
    assertThrows(IllegalArgumentException.class, () -> ed25519.sign(STATEMENT));
    assertFalse(ed25519.key().verify(STATEMENT, SIGNER.sign(STATEMENT)));
  }

  private static NoteSigner signer(String name, KeyAlgorithm algorithm) {
    KeyType type =
        algorithm == KeyAlgorithm.ED25519
            ? KeyType.ED25519_COSIGNATURE
            : KeyType.ML_DSA_44_COSIGNATURE;
    return NoteSigner.of(name, type, PemKey.parse(algorithm, PemKey.generate(algorithm)));
  }
}
