package dev.indelible.transparency.cose;

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

  static final long EDDSA = -8; // RFC 9053 §2.2
  static final long SHA_256 = -16; // RFC 9054 §2.1

  private Label() {}
}
