package dev.indelible.transparency.cose;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.VerifierKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// A public key as COSE publishes it (RFC 9052 §7): Ed25519 as OKP (RFC 9053 §7.2), ML-DSA-44 as
/// AKP (RFC 9964 §3). Its `kid` is its thumbprint (RFC 9679), so that nobody can give a name to
/// another's key. Immutable, compared by content.
public final class CoseKey {
  private static final long KTY = 1;
  private static final long KID = 2;
  private static final long ALG = 3;
  private static final long OKP = 1;
  private static final long AKP = 7;
  private static final long ED25519 = 6;

  private final KeyAlgorithm algorithm;
  private final byte[] raw;

  private CoseKey(KeyAlgorithm algorithm, byte[] raw) {
    if (raw.length != algorithm.publicKeyBytes()) {
      throw new IllegalArgumentException(algorithm + " keys do not have " + raw.length + " bytes");
    }
    this.algorithm = algorithm;
    this.raw = raw;
  }

  /// The COSE form of a key.
  public static CoseKey of(VerifierKey key) {
    return new CoseKey(key.type().algorithm(), key.publicKey());
  }

  /// Reads a key in its one encoding.
  ///
  /// @throws IllegalArgumentException when the bytes are anything else, or the `kid` is another
  ///   key's
  public static CoseKey parse(byte[] bytes) {
    CoseKey key = read(CborReader.read(bytes));
    if (!Arrays.equals(key.bytes(), bytes)) {
      throw new IllegalArgumentException("the key is not in deterministic encoding");
    }
    return key;
  }

  /// Reads the members that matter; the caller compares the encodings.
  static CoseKey read(Object item) {
    if (item instanceof Map<?, ?> members && members.get(ALG) instanceof Long alg) {
      KeyAlgorithm algorithm = Label.algorithm(alg);
      long label = algorithm == KeyAlgorithm.ED25519 ? -2 : -1;
      if (members.get(label) instanceof byte[] raw) {
        return new CoseKey(algorithm, raw);
      }
    }
    throw new IllegalArgumentException("not a key of a kind that is used here");
  }

  /// The bytes, media type `application/cose-key`.
  public byte[] bytes() {
    return Cbor.encode(members());
  }

  /// In the order of RFC 8949 §4.2.1.
  Map<Long, Object> members() {
    Map<Long, Object> members = new LinkedHashMap<>();
    members.put(KTY, algorithm == KeyAlgorithm.ED25519 ? OKP : AKP);
    members.put(KID, thumbprint().bytes());
    members.put(ALG, Label.algorithm(algorithm));
    if (algorithm == KeyAlgorithm.ED25519) {
      members.put(-1L, ED25519);
      members.put(-2L, raw);
    } else {
      members.put(-1L, raw);
    }
    return members;
  }

  /// The thumbprint (RFC 9679, SHA-256).
  public Hash thumbprint() {
    return algorithm.thumbprint(raw);
  }

  /// The thumbprint as SCRAPI writes it in `/.well-known/scitt-keys/{kid}`: base64url without
  /// padding.
  public String kidText() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(thumbprint().bytes());
  }

  /// The key as one of the log of this origin.
  public VerifierKey ofLog(String origin) {
    KeyType type =
        algorithm == KeyAlgorithm.ED25519 ? KeyType.ED25519 : KeyType.ML_DSA_44_COSIGNATURE;
    return new VerifierKey(origin, type, Base64.getEncoder().encodeToString(raw));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CoseKey that
        && algorithm == that.algorithm
        && Arrays.equals(raw, that.raw);
  }

  @Override
  public int hashCode() {
    return thumbprint().hashCode();
  }

  @Override
  public String toString() {
    return algorithm + " " + kidText();
  }
}
