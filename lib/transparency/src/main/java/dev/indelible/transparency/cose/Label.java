package dev.indelible.transparency.cose;

import dev.indelible.transparency.note.KeyAlgorithm;

/// The labels and algorithm numbers of COSE that our formats use.
final class Label {
  static final long COSE_SIGN1 = 18; // RFC 9052 §4.2, the tag

  static final long ALG = 1; // RFC 9052 §3.1
  static final long KID = 4; // RFC 9052 §3.1
  static final long CWT_CLAIMS = 15; // RFC 9597
  static final long ISS = 1; // RFC 8392 §3.1.1
  static final long SUB = 2; // RFC 8392 §3.1.2
  static final long PAYLOAD_HASH_ALG = 258; // RFC 9995
  static final long PREIMAGE_TYPE = 259; // RFC 9995

  static final long RECEIPTS = 394; // RFC 9942 §2
  static final long VDS = 395; // RFC 9942 §2, the verifiable data structure
  static final long VDP = 396; // RFC 9942 §2, its proofs
  static final long RFC9162_SHA256 = 1; // RFC 9942 §5.1
  static final long INCLUSION = -1; // RFC 9942 §5.2
  static final long CONSISTENCY = -2; // RFC 9942 §5.3

  static final long EDDSA = -8; // RFC 9053 §2.2
  static final long SHA_256 = -16; // RFC 9054 §2.1

  static final long ML_DSA_44 = -48; // RFC 9964 §3

  private Label() {}

  /// The value of `alg` for signatures of this kind.
  static long algorithm(KeyAlgorithm algorithm) {
    return switch (algorithm) {
      case ED25519 -> EDDSA;
      case ML_DSA_44 -> ML_DSA_44;
    };
  }

  /// The kind of signature that a value of `alg` names.
  ///
  /// @throws IllegalArgumentException when it is another
  static KeyAlgorithm algorithm(Object alg) {
    for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
      if (alg.equals(algorithm(algorithm))) {
        return algorithm;
      }
    }
    throw new IllegalArgumentException("an algorithm that is not used here: " + alg);
  }
}
