package dev.indelible.local.machine;

import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonString;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/// A signature algorithm of RFC 7518 §3.1: the two of SMART's machines, and the one of our proofs.
public enum JoseAlgorithm {
  /// ECDSA on P-256.
  ES256("EC", 256, "SHA256withECDSAinP1363Format"),
  /// ECDSA on P-384.
  ES384("EC", 384, "SHA384withECDSAinP1363Format"),
  /// RSA as of PKCS #1.
  RS384("RSA", 2048, "SHA384withRSA");

  private final String family;
  private final int bits;
  private final String signature;

  JoseAlgorithm(String family, int bits, String signature) {
    this.family = family;
    this.bits = bits;
    this.signature = signature;
  }

  KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(family);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform lacks " + this, e);
    }
  }

  PrivateKey privateKey(byte[] pkcs8) throws GeneralSecurityException {
    return KeyFactory.getInstance(family).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  byte[] sign(PrivateKey key, byte[] content) {
    try {
      Signature signer = Signature.getInstance(signature);
      signer.initSign(key);
      signer.update(content);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key cannot sign", e);
    }
  }

  /// The members that a JWK must have (RFC 7518 §6).
  Map<String, Json> jwk(PublicKey key) {
    Map<String, Json> members = new TreeMap<>();
    members.put("kty", new JsonString(family));
    if (key instanceof ECPublicKey curve) {
      members.put("crv", new JsonString("P-" + bits));
      members.put("x", number(curve.getW().getAffineX(), bits / 8));
      members.put("y", number(curve.getW().getAffineY(), bits / 8));
    } else if (key instanceof RSAPublicKey rsa) {
      members.put("n", number(rsa.getModulus(), bits / 8));
      members.put("e", number(rsa.getPublicExponent(), 3));
    }
    return members;
  }

  /// Big-endian, as long as it has to be.
  private static JsonString number(BigInteger number, int length) {
    byte[] signed = number.toByteArray();
    byte[] bytes = new byte[length];
    int extra = Math.max(0, signed.length - length);
    System.arraycopy(signed, extra, bytes, length - (signed.length - extra), signed.length - extra);
    return new JsonString(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }
}
