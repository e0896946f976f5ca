package dev.indelible.local.machine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.Json.JsonString;
import java.net.URI;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// The key to which tokens are bound (RFC 9449). It lives as long as the process, and so do the
/// tokens.
public final class ProofKey {
  private final KeyPair pair = JoseAlgorithm.ES256.generate();
  private final JoseKey key = new JoseKey(JoseAlgorithm.ES256, pair.getPrivate());

  /// Proves possession, for one request.
  ///
  /// @param uri of the request; its query does not count
  /// @param token that goes with it; none goes to Keycloak, which is asked for one
  public String proof(String method, URI uri, Optional<String> token, Instant now) {
    Map<String, Json> claims = new TreeMap<>();
    claims.put("jti", new JsonString(UUID.randomUUID().toString()));
    claims.put("htm", new JsonString(method));
    claims.put("htu", new JsonString(withoutQuery(uri)));
    claims.put("iat", ClientKey.seconds(now));
    token.ifPresent(text -> claims.put("ath", new JsonString(hash(text))));
    Map<String, Json> header =
        Map.of(
            "typ", new JsonString("dpop+jwt"),
            "jwk", new JsonObject(key.algorithm().jwk(pair.getPublic())));
    return key.sign(header, claims);
  }

  private static String withoutQuery(URI uri) {
    return uri.toString().replaceFirst("[?#].*", "");
  }

  private static String hash(String token) {
    return JoseKey.base64(Hash.sha256(token.getBytes(US_ASCII)).bytes());
  }
}
