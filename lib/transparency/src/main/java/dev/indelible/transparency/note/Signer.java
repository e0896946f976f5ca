package dev.indelible.transparency.note;

/// The port behind which a private key lives: a file, a hardware module, a key service.
public interface Signer {
  /// The algorithm of the key.
  KeyAlgorithm algorithm();

  /// A copy of the raw public key.
  byte[] publicKey();

  /// Signs the message as it is.
  ///
  /// @throws IllegalStateException when the key cannot be used; nothing has been signed then
  byte[] sign(byte[] message);
}
