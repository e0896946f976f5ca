package dev.indelible.transparency.note;

import java.nio.ByteBuffer;

/// Signs notes in one name with one key.
///
/// @param key how others verify
/// @param signer where the private key lives
public record NoteSigner(VerifierKey key, Signer signer) {
  /// Names a signer.
  public static NoteSigner of(String name, KeyType type, Signer signer) {
    return new NoteSigner(VerifierKey.of(name, type, signer), signer);
  }

  /// Signs a note's text.
  ///
  /// @param unixSeconds the time stated in timed signatures; ignored by the others
  public NoteSignature sign(String text, long unixSeconds) {
    byte[] signature = signer.sign(key.signedMessage(text, unixSeconds));
    if (!key.type().isTimed()) {
      return NoteSignature.of(key, signature);
    }
    return timed(unixSeconds, signature);
  }

  /// Cosigns a subtree. Says nothing about time (C2SP tlog-witness, sign-subtree).
  ///
  /// @throws IllegalArgumentException when the key is of a type that cannot
  public NoteSignature sign(SubtreeStatement statement) {
    if (key.type() != KeyType.ML_DSA_44_COSIGNATURE) {
      throw new IllegalArgumentException("a key of type " + key.type() + " signs no subtrees");
    }
    return timed(0, signer.sign(statement.message(key.name(), 0)));
  }

  private NoteSignature timed(long unixSeconds, byte[] signature) {
    byte[] timed =
        ByteBuffer.allocate(Long.BYTES + signature.length)
            .putLong(unixSeconds)
            .put(signature)
            .array();
    return NoteSignature.of(key, timed);
  }
}
