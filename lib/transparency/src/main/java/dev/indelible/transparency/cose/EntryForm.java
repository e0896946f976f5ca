package dev.indelible.transparency.cose;

/// How an entry is signed, said in its protected `alg`.
enum EntryForm {
  /// One Ed25519 signature over the entry's own Sig_structure (RFC 9053 §2.2).
  SINGLE(Label.EDDSA),
  /// "Ed25519 over a Merkle root": one Ed25519 signature for a whole [Batch]. A number for private
  /// use, below -65536 (IANA registry "COSE Algorithms", RFC 8152 §16.4).
  BATCH(-65_537);

  private final long algorithm;

  EntryForm(long algorithm) {
    this.algorithm = algorithm;
  }

  /// The value of `alg`.
  long algorithm() {
    return algorithm;
  }
}
