package dev.indelible.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// Who holds a key that tokens are bound to (RFC 9449), in any of the algorithms; written without
/// the code of the launcher, whose proofs are thereby checked against it.
///
/// @param algorithm `alg` of the proofs
record Holder(String algorithm, KeyPair pair) {
  static Holder of(String algorithm) {
    return switch (algorithm) {
      case "ES256" -> new Holder(algorithm, pair("EC", 256));
      case "ES384" -> new Holder(algorithm, pair("EC", 384));
      case "EdDSA" -> new Holder(algorithm, pair("Ed25519", 255));
      case "PS256", "RS256" -> new Holder(algorithm, pair("RSA", 2048));
      default -> throw new IllegalArgumentException(algorithm);
    };
  }

  /// A proof that is taken, when it is signed by {@link #sign}.
  Jws proof(String method, String uri, String token) {
    return proof(method, uri).claim("ath", base64(sha256(token.getBytes(US_ASCII))));
  }

  /// A proof for who has no token yet.
  Jws proof(String method, String uri) {
    return new Jws(
        Map.of("typ", "dpop+jwt", "alg", algorithm, "jwk", jwk()),
        Map.of(
            "jti",
            UUID.randomUUID().toString(),
            "htm",
            method,
            "htu",
            uri,
            "iat",
            Instant.now().getEpochSecond()));
  }

  String sign(Jws proof) {
    return proof.signed(
        switch (algorithm) {
          case "ES256" -> Jws.by("SHA256withECDSAinP1363Format", pair.getPrivate());
          case "ES384" -> Jws.by("SHA384withECDSAinP1363Format", pair.getPrivate());
          case "EdDSA" -> Jws.by("Ed25519", pair.getPrivate());
          case "RS256" -> Jws.by("SHA256withRSA", pair.getPrivate());
          default -> Jws.pss(pair.getPrivate(), 256);
        });
  }

  /// RFC 7638: the required members in the order of their names.
  String thumbprint() {
    StringBuilder json = new StringBuilder("{");
    new TreeMap<>(jwk())
        .forEach((name, value) -> json.append("\"%s\":\"%s\",".formatted(name, value)));
    json.setCharAt(json.length() - 1, '}');
    return base64(sha256(json.toString().getBytes(UTF_8)));
  }

  Map<String, String> jwk() {
    return switch (pair.getPublic()) {
      case ECPublicKey key -> {
        int bits = key.getParams().getOrder().bitLength();
        yield Map.of(
            "kty",
            "EC",
            "crv",
            "P-" + bits,
            "x",
            number(key.getW().getAffineX(), bits / 8),
            "y",
            number(key.getW().getAffineY(), bits / 8));
      }
      case RSAPublicKey key ->
          Map.of("kty", "RSA", "n", number(key.getModulus(), 256), "e", "AQAB");
      case PublicKey key ->
          // The last 32 bytes of the DER are the key (RFC 8410 §4).
          Map.of("kty", "OKP", "crv", "Ed25519", "x", base64(end(key.getEncoded(), 32)));
    };
  }

  private static String number(BigInteger number, int length) {
    byte[] bytes = number.toByteArray();
    byte[] padded = new byte[length + bytes.length];
    System.arraycopy(bytes, 0, padded, length, bytes.length);
    return base64(end(padded, length));
  }

  private static byte[] end(byte[] bytes, int length) {
    return Arrays.copyOfRange(bytes, bytes.length - length, bytes.length);
  }

  private static String base64(byte[] bytes) {
    return Jws.encode(bytes);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair pair(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (!algorithm.equals("Ed25519")) {
        generator.initialize(bits);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
