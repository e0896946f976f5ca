package dev.indelible.anchoring;

import dev.indelible.transparency.Hash;

/// A keyed digest of identifying fields, by which the ledger finds equal ones without learning
/// them.
///
/// @param name what is compared, such as `claim-exact`
/// @param kind what happens when the digest is there already
/// @param epoch which key
/// @param digest HMAC-SHA-256 under that key
public record MatchToken(String name, Kind kind, int epoch, Hash digest) {
  /// What a repeated digest means.
  public enum Kind {
    /// The second entry is refused.
    UNIQUE("unique"),
    /// The second entry is accepted and reported.
    ALERT("alert");

    private final String wire;

    Kind(String wire) {
      this.wire = wire;
    }

    /// The word on the wire.
    public String wire() {
      return wire;
    }
  }
}
