package dev.indelible.claims.member;

import dev.indelible.transparency.Hash;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;

/// What the insurer hands to its member, by a way on which it knows who receives it.
///
/// @param code opens one membership, once
/// @param expiresAt RFC 3339
public record Invitation(String code, String expiresAt) {
  /// A letter has time to arrive, and a lost one not long to be found (ASVS 5.0, 6.4.1: activation
  /// codes expire).
  static final Duration VALID = Duration.ofDays(7);

  /// 160 bits; ASVS 5.0, 7.2.3 asks for 128 of a reference token.
  private static final int BYTES = 20;

  /// A code that nobody guesses.
  static String code(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// What is stored of a code. No salt: there is nothing to guess.
  static Hash digest(String code) {
    return Hash.sha256(code.getBytes(StandardCharsets.UTF_8));
  }
}
