package dev.indelible.ledger.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Access tokens as the realm issues them, signed by a key that the service under test is told.
public final class TestTokens implements QuarkusTestResourceLifecycleManager {
  private static final String KEY = "indelible.test.token-key";
  private static final String PUBLIC = "indelible.test.token-public";

  @Override
  public Map<String, String> start() {
    try {
      if (System.getProperty(KEY) == null) {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        System.setProperty(KEY, encode(pair.getPrivate().getEncoded()));
        System.setProperty(PUBLIC, encode(pair.getPublic().getEncoded()));
      }
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return Map.of("quarkus.oidc.public-key", System.getProperty(PUBLIC));
  }

  private static String encode(byte[] der) {
    return Base64.getEncoder().encodeToString(der);
  }

  /// A token for a caller with these roles who, should it be a person, has just shown a passkey.
  public static String of(String... roles) {
    return Jwt.subject("service-account-claims-service")
        .audience("ledger-service")
        .issuer("https://issuer.example")
        .claim("typ", "Bearer")
        .claim("acr", "3")
        .claim("sid", UUID.randomUUID().toString())
        .claim("auth_time", Instant.now().getEpochSecond())
        .claim("realm_access", Map.of("roles", List.of(roles)))
        .jws()
        .algorithm(SignatureAlgorithm.PS256)
        .sign(key());
  }

  private static PrivateKey key() {
    try {
      byte[] der = Base64.getDecoder().decode(System.getProperty(KEY));
      return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void stop() {}
}
