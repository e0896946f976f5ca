package dev.indelible.kit.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.indelible.transparency.Hash;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How and when the person behind a token was authenticated, as far as the token says (OpenID
/// Connect Core §2). Tokens of machines say neither: nobody was there.
///
/// @param level the token's `acr`; `identity/README.md` says what the realm's levels are
/// @param shown when and in which sign-in, if the token has an `auth_time`
public record Authentication(Optional<String> level, Optional<Shown> shown) {
  /// Somebody showed what they have, once.
  ///
  /// @param at the token's `auth_time`
  /// @param id of this one, whichever and however many tokens tell of it
  public record Shown(Instant at, Hash id) {
    /// The time tells the sign-ins of one session apart, and the session those of one second: a
    /// gesture on an authenticator takes longer. Not the token's `jti`: one sign-in would have as
    /// many as it has tokens.
    ///
    /// @param session the token's `sid`, or nothing
    static Shown of(String issuer, String subject, String session, Instant at) {
      String name = "";
      for (String part : new String[] {issuer, subject, session}) {
        name += part.length() + ":" + part;
      }
      return new Shown(at, Hash.sha256((name + at.getEpochSecond()).getBytes(UTF_8)));
    }
  }

  /// What grave acts ask for: a passkey.
  static final String STRONG = "3";

  /// How long ago it may have been shown.
  static final Duration FRESH = Duration.ofMinutes(5);

  /// Whether it is strong and not older than [#FRESH].
  boolean isFresh(Instant now) {
    return level.filter(STRONG::equals).isPresent()
        && shown.filter(once -> !once.at().isBefore(now.minus(FRESH))).isPresent();
  }
}
