package dev.indelible.kit.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How and when the person behind a token was authenticated, as far as the token says (OpenID
/// Connect Core §2). Tokens of machines say neither: nobody was there.
///
/// @param level the token's `acr`; `identity/README.md` says what the realm's levels are
/// @param at the token's `auth_time`
public record Authentication(Optional<String> level, Optional<Instant> at) {
  /// What grave acts ask for: a passkey.
  static final String STRONG = "3";

  /// How long ago it may have been shown.
  static final Duration FRESH = Duration.ofMinutes(5);

  /// Whether it is strong and not older than [#FRESH].
  boolean isFresh(Instant now) {
    return level.filter(STRONG::equals).isPresent()
        && at.filter(time -> !time.isBefore(now.minus(FRESH))).isPresent();
  }
}
