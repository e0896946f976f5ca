package dev.indelible.ledger.log;

import dev.indelible.transparency.Hash;
import java.util.Locale;

/// A keyed digest of normalised identifying fields, beside an entry and never in it.
///
/// @param name which fields
/// @param kind what a second one means
/// @param epoch of the key
/// @param digest opaque here
public record MatchToken(String name, Kind kind, int epoch, Hash digest) {
  /// What a second token of the same name, epoch and digest means.
  public enum Kind {
    /// The entry is refused.
    UNIQUE,
    /// The entry is taken and the match reported.
    ALERT;

    /// The spelling in JSON and in rows.
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public MatchToken {
    if (!name.matches("[a-z][a-z0-9-]{0,63}") || epoch < 0) {
      throw new IllegalArgumentException("not a match token: " + name + ", epoch " + epoch);
    }
  }

  /// What has to be equal in a match.
  Key key() {
    return new Key(name, epoch, digest);
  }

  /// A token without its kind.
  record Key(String name, int epoch, Hash digest) {}
}
