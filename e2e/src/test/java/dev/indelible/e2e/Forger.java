package dev.indelible.e2e;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Makes tokens that look like Keycloak's. One of the keys is in the realm's set, so that each
/// check behind the signature can be shown to hold on its own; the others are strangers'.
///
/// @param issuer as in the realm's tokens
/// @param trusted the key in the realm's set
/// @param published what the realm calls it
/// @param stranger an RSA key that nobody trusts
/// @param curve one on P-256
record Forger(
    String issuer,
    KeyPair trusted,
    RealmAdmin.RealmKey published,
    KeyPair stranger,
    KeyPair curve) {
  static Forger in(RealmAdmin admin, String issuer) {
    KeyPair trusted = keys("RSA", 2048);
    var published = admin.publish(trusted);
    return new Forger(issuer, trusted, published, keys("RSA", 2048), keys("EC", 256));
  }

  /// A token that a service accepts, when it is signed by {@link #sign}.
  Jws good() {
    long now = Instant.now().getEpochSecond();
    return new Jws(
        Map.of("alg", "PS256", "typ", "JWT", "kid", kid()),
        Map.of(
            "iss", issuer,
            "aud", List.of("claims-service", "trials-service", "ledger-service"),
            "sub", UUID.randomUUID().toString(),
            "jti", UUID.randomUUID().toString(),
            "typ", "Bearer",
            "iat", now,
            "exp", now + 300,
            "organization", List.of("alder"),
            "realm_access", Map.of("roles", List.of("claim-submitter", "sponsor", "log-writer"))));
  }

  String kid() {
    return published.kid();
  }

  String sign(Jws token) {
    return token.signed(Jws.pss(trusted.getPrivate(), 256));
  }

  String signAsStranger(Jws token) {
    return token.signed(Jws.pss(stranger.getPrivate(), 256));
  }

  private static KeyPair keys(String algorithm, int size) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(size);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
