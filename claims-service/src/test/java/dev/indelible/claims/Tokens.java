package dev.indelible.claims;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Access tokens as the realm issues them, signed by the key that the service under test trusts.
public final class Tokens {
  private Tokens() {}

  /// Alder's submitter.
  public static String alder() {
    return token("alder", "claim-submitter");
  }

  /// Birch's submitter.
  public static String birch() {
    return token("birch", "claim-submitter");
  }

  /// Alder's adjudicator.
  public static String alderAdjudicator() {
    return token("alder", "adjudicator");
  }

  /// A patient's, who belongs to no organisation.
  public static String patient(String subject) {
    return sign(subject, "claims-service", List.of(), Map.of(), "patient");
  }

  /// A token of one organisation.
  public static String token(String organisation, String... roles) {
    return token("claims-service", List.of(organisation), roles);
  }

  /// A token of somebody who has just shown a passkey.
  public static String token(String audience, List<String> organisations, String... roles) {
    return token(audience, organisations, authenticated("3", Duration.ZERO), roles);
  }

  /// What a token says of an authentication, and of none before.
  static Map<String, Object> authenticated(String level, Duration ago) {
    long at = TestTime.now().minus(ago).getEpochSecond();
    return Map.of("acr", level, "auth_time", at, "sid", UUID.randomUUID().toString());
  }

  /// A token.
  ///
  /// @param authentication claims about how and when; a machine's has none
  static String token(
      String audience,
      List<String> organisations,
      Map<String, Object> authentication,
      String... roles) {
    return sign(String.join("-", roles), audience, organisations, authentication, roles);
  }

  private static String sign(
      String subject,
      String audience,
      List<String> organisations,
      Map<String, Object> authentication,
      String... roles) {
    JwtClaimsBuilder claims = Jwt.claims();
    authentication.forEach(claims::claim);
    return claims
        .subject(subject)
        .audience(audience)
        .claim("typ", "Bearer")
        .claim("realm_access", Map.of("roles", List.of(roles)))
        .claim("organization", organisations)
        .jws()
        .algorithm(SignatureAlgorithm.PS256)
        .sign(key());
  }

  private static PrivateKey key() {
    try {
      byte[] pkcs8 = Base64.getDecoder().decode(System.getProperty(ServiceUnderTest.PRIVATE_KEY));
      return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
