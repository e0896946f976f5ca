package dev.indelible.claims;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;

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
    return sign(subject, "claims-service", List.of(), "patient");
  }

  /// A token of one organisation.
  public static String token(String organisation, String... roles) {
    return token("claims-service", List.of(organisation), roles);
  }

  /// A token.
  public static String token(String audience, List<String> organisations, String... roles) {
    return sign(String.join("-", roles), audience, organisations, roles);
  }

  private static String sign(
      String subject, String audience, List<String> organisations, String... roles) {
    return Jwt.claims()
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
