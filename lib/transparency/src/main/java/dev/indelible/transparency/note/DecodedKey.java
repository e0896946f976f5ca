package dev.indelible.transparency.note;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.PublicKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A public key that is decoded when it first verifies something and then stays decoded.
///
/// Decoding costs a key factory, a curve point and a copy of the key; a ledger verifies thousands
/// of signatures by a handful of keys.
final class DecodedKey {
  private final KeyAlgorithm algorithm;
  private final byte[] raw;
  private volatile @Nullable Decoded decoded;

  /// A key in the form of one provider; a provider need not take the keys of another.
  private record Decoded(@Nullable Provider provider, PublicKey key) {}

  DecodedKey(KeyAlgorithm algorithm, byte[] raw) {
    this.algorithm = algorithm;
    this.raw = raw;
  }

  /// Whether `signature` over `message` is by the holder of this key. False for any malformed
  /// input, a malformed key included.
  boolean verify(byte[] message, byte[] signature) {
    if (raw.length != algorithm.publicKeyBytes()
        || signature.length != algorithm.signatureBytes()) {
      return false;
    }
    try {
      return algorithm.verify(key(), message, signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /// Two threads may decode at once; both results are the same key.
  private PublicKey key() throws GeneralSecurityException {
    Provider provider = algorithm.fastProvider();
    Decoded known = decoded;
    if (known == null || !Objects.equals(known.provider(), provider)) {
      known = new Decoded(provider, algorithm.publicKey(raw));
      decoded = known;
    }
    return known.key();
  }
}
