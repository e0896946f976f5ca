package dev.indelible.trials;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Access tokens as the realm issues them, signed with the test's own key.
public final class Tokens {
  private Tokens() {}

  /// The demo sponsor.
  public static String cardia() {
    return token("sponsor", List.of("cardia"), "sponsor");
  }

  /// Another sponsor.
  public static String other() {
    return token("other-sponsor", List.of("elsewhere"), "sponsor");
  }

  /// The agency's regulator.
  public static String regulator() {
    return token("regulator", List.of("agency"), "regulator");
  }

  /// The agency's auditor.
  public static String auditor() {
    return token("auditor", List.of("agency"), "auditor");
  }

  /// Any token.
  public static String token(String subject, List<String> organisations, String... roles) {
    return claims(subject, organisations, roles)
        .audience("trials-service")
        .jws()
        .algorithm(SignatureAlgorithm.PS256)
        .sign();
  }

  /// A token for another service.
  public static String wrongAudience() {
    return claims("sponsor", List.of("cardia"), "sponsor")
        .audience("claims-service")
        .jws()
        .algorithm(SignatureAlgorithm.PS256)
        .sign();
  }

  private static JwtClaimsBuilder claims(
      String subject, List<String> organisations, String... roles) {
    return Jwt.claims()
        .issuer("http://localhost/realms/indelible")
        .subject(subject)
        .claim("organization", organisations)
        .claim("typ", "Bearer")
        .claim("realm_access", Map.of("roles", Set.of(roles)))
        .expiresIn(600);
  }
}
