package dev.indelible.transparency.note;

import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.merkle.Subtree;
import java.nio.charset.StandardCharsets;

/// What a key signs when it signs a note (C2SP signed-note, tlog-cosignature).
public enum KeyType {
  /// 0x01: Ed25519 over the note's text.
  ED25519(0x01, KeyAlgorithm.ED25519),
  /// 0x04: Ed25519 over `cosignature/v1`, a time and the note's text.
  ED25519_COSIGNATURE(0x04, KeyAlgorithm.ED25519),
  /// 0x06: ML-DSA-44 over a binary statement about a (sub)tree, a time, the cosigner and the log.
  ML_DSA_44_COSIGNATURE(0x06, KeyAlgorithm.ML_DSA_44);

  private final int code;
  private final KeyAlgorithm algorithm;

  KeyType(int code, KeyAlgorithm algorithm) {
    this.code = code;
    this.algorithm = algorithm;
  }

  /// The type byte.
  public int code() {
    return code;
  }

  /// The algorithm of such a key.
  public KeyAlgorithm algorithm() {
    return algorithm;
  }

  /// Whether signatures of this type start with a 64-bit time.
  public boolean isTimed() {
    return this != ED25519;
  }

  /// The bytes a key of this name and type signs for `text` at `time`.
  byte[] signedMessage(String name, String text, long time) {
    return switch (this) {
      case ED25519 -> text.getBytes(StandardCharsets.UTF_8);
      case ED25519_COSIGNATURE ->
          ("cosignature/v1\ntime " + time + "\n" + text).getBytes(StandardCharsets.UTF_8);
      case ML_DSA_44_COSIGNATURE -> subtreeMessage(name, Checkpoint.parse(text), time);
    };
  }

  private static byte[] subtreeMessage(String name, Checkpoint checkpoint, long time) {
    Subtree whole = new Subtree(0, checkpoint.head().size());
    return new SubtreeStatement(checkpoint.origin(), whole, checkpoint.head().root())
        .message(name, time);
  }

  static KeyType ofCode(int code) {
    for (KeyType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    throw new IllegalArgumentException("unknown key type " + code);
  }
}
