package dev.indelible.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A token under construction: whatever is put in is signed as it stands.
///
/// @param header the JOSE header
/// @param claims the payload
record Jws(Map<String, Object> header, Map<String, Object> claims) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /// Computes a signature over the first two parts of a token.
  interface Signer {
    byte[] sign(byte[] content) throws GeneralSecurityException;
  }

  /// No signature at all.
  static final Signer NONE = content -> new byte[0];

  Jws {
    header = new LinkedHashMap<>(header);
    claims = new LinkedHashMap<>(claims);
  }

  Jws header(String name, Object value) {
    Jws other = new Jws(header, claims);
    other.header.put(name, value);
    return other;
  }

  Jws without(String name) {
    Jws other = new Jws(header, claims);
    other.header.remove(name);
    other.claims.remove(name);
    return other;
  }

  Jws claim(String name, Object value) {
    Jws other = new Jws(header, claims);
    other.claims.put(name, value);
    return other;
  }

  String signed(Signer signer) {
    return sign(text(header), text(claims), signer);
  }

  /// A token of any two texts.
  static String sign(String header, String claims, Signer signer) {
    String content = encode(header.getBytes(UTF_8)) + "." + encode(claims.getBytes(UTF_8));
    try {
      return content + "." + encode(signer.sign(content.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static Signer pss(PrivateKey key, int bits) {
    String hash = "SHA-" + bits;
    return content -> {
      Signature signature = Signature.getInstance("RSASSA-PSS");
      signature.setParameter(
          new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), bits / 8, 1));
      return sign(signature, key, content);
    };
  }

  /// @param algorithm in the words of the JCA
  static Signer by(String algorithm, PrivateKey key) {
    return content -> sign(Signature.getInstance(algorithm), key, content);
  }

  static Signer hmac(byte[] secret) {
    byte[] copy = Arrays.copyOf(secret, secret.length);
    return content -> {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(copy, "HmacSHA256"));
      return mac.doFinal(content);
    };
  }

  static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] sign(Signature signature, PrivateKey key, byte[] content)
      throws GeneralSecurityException {
    signature.initSign(key);
    signature.update(content);
    return signature.sign();
  }

  private static String text(Map<String, Object> members) {
    try {
      return MAPPER.writeValueAsString(members);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
