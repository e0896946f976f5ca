package dev.indelible.local.machine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.indelible.transparency.canonical.CanonicalJson;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonArray;
import dev.indelible.transparency.canonical.Json.JsonNumber;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.Json.JsonString;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// The key by which a client proves to Keycloak who it is.
///
/// @param client its id
public record ClientKey(String client, JoseKey key) {
  /// Name of the key in the client's set, which holds one.
  private static final String KID = "1";

  /// SMART App Launch 2.2 allows five minutes; an assertion is used at once.
  private static final Duration LIFE = Duration.ofSeconds(30);

  /// A new key in the forms in which it is kept.
  ///
  /// @param pem the private half, PKCS #8 in PEM (RFC 7468)
  /// @param jwks the public half, as the JWK Set (RFC 7517 §5) that Keycloak is told
  public record Made(String pem, String jwks) {}

  /// Makes a key.
  public static Made generate(JoseAlgorithm algorithm) {
    KeyPair pair = algorithm.generate();
    String der = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pkcs8(pair));
    String pem = "-----BEGIN PRIVATE KEY-----\n" + der + "\n-----END PRIVATE KEY-----\n";
    Map<String, Json> jwk = new TreeMap<>(algorithm.jwk(pair.getPublic()));
    jwk.put("kid", new JsonString(KID));
    jwk.put("alg", new JsonString(algorithm.name()));
    jwk.put("use", new JsonString("sig"));
    JsonArray keys = new JsonArray(List.of(new JsonObject(jwk)));
    return new Made(pem, CanonicalJson.text(new JsonObject(Map.of("keys", keys))));
  }

  private static byte[] pkcs8(KeyPair pair) {
    return pair.getPrivate().getEncoded();
  }

  /// Reads the private half.
  ///
  /// @throws IllegalArgumentException when it is no key of this algorithm
  public static ClientKey parse(String client, JoseAlgorithm algorithm, String pem) {
    String der = pem.replaceAll("-----[A-Z ]+-----|\\s", "");
    try {
      byte[] pkcs8 = Base64.getDecoder().decode(der.getBytes(US_ASCII));
      return new ClientKey(client, new JoseKey(algorithm, algorithm.privateKey(pkcs8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not a private key for " + algorithm, e);
    }
  }

  /// Says who asks, once (RFC 7523 §3; SMART App Launch 2.2, "Client authentication: asymmetric").
  ///
  /// @param audience issuer of the tokens asked for
  public String assertion(String audience, Instant now) {
    return key.sign(
        Map.of("typ", new JsonString("JWT"), "kid", new JsonString(KID)),
        Map.of(
            "iss", new JsonString(client),
            "sub", new JsonString(client),
            "aud", new JsonString(audience),
            "jti", new JsonString(UUID.randomUUID().toString()),
            "iat", seconds(now),
            "exp", seconds(now.plus(LIFE))));
  }

  static JsonNumber seconds(Instant time) {
    return new JsonNumber(Long.toString(time.getEpochSecond()));
  }
}
