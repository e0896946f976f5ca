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
    byte[] timed =
        ByteBuffer.allocate(Long.BYTES + signature.length)
            .putLong(unixSeconds)
            .put(signature)
            .array();
    return NoteSignature.of(key, timed);
  }
}
