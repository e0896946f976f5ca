package dev.indelible.ledger.log;

import dev.indelible.transparency.Hash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.UUID;

/// A keyed digest of normalised identifying fields, beside an entry and never in it.
///
/// @param name which fields
/// @param kind what a second one means
/// @param epoch of the key
/// @param digest opaque here
public record MatchToken(String name, Kind kind, int epoch, Hash digest) {
  /// The column `key` by its definition, as PostgreSQL computes it.
  public static final String KEY_SQL =
      "encode(substring(sha256(convert_to(log || E'\\n' || name || E'\\n', 'UTF8')"
          + " || int4send(epoch) || digest) FROM 1 FOR 16), 'hex')::uuid";

  /// By name, epoch and digest, each compared by its bytes.
  static final Comparator<MatchToken> ORDER =
      Comparator.comparing(MatchToken::name)
          .thenComparingInt(MatchToken::epoch)
          .thenComparing(token -> token.digest().bytes(), Arrays::compareUnsigned);

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
  record Key(String name, int epoch, Hash digest) {
    /// What the index holds: sixteen bytes of a digest over the token and the log's name. The token
    /// is keyed, so nobody without the key can look for a value in a copy of the index.
    UUID index(String log) {
      byte[] names = (log + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8);
      byte[] message =
          ByteBuffer.allocate(names.length + Integer.BYTES + Hash.LENGTH)
              .put(names)
              .putInt(epoch)
              .put(digest.bytes())
              .array();
      return Hash.sha256(message).prefix();
    }
  }
}
