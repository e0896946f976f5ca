package dev.indelible.local.machine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.indelible.transparency.canonical.CanonicalJson;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.Json.JsonString;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/// A private key and what it signs with.
record JoseKey(JoseAlgorithm algorithm, PrivateKey key) {
  /// A JWT in compact form (RFC 7515 §7.1).
  ///
  /// @param header without `alg`, which is the key's
  String sign(Map<String, Json> header, Map<String, Json> claims) {
    Map<String, Json> whole = new TreeMap<>(header);
    whole.put("alg", new JsonString(algorithm.name()));
    String content = part(whole) + "." + part(claims);
    return content + "." + base64(algorithm.sign(key, content.getBytes(UTF_8)));
  }

  private static String part(Map<String, Json> members) {
    return base64(CanonicalJson.bytes(new JsonObject(members)));
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
