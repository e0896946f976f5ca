package dev.indelible.e2e;

import static io.restassured.RestAssured.given;

import dev.indelible.local.Stack;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/// A client of Keycloak with its key, which asks for tokens as it likes.
///
/// @param algorithm of its assertions: `ES384` or `RS384`
/// @param key of its assertions
/// @param holder to whose key its tokens are bound
record Machine(Stack stack, String client, String algorithm, PrivateKey key, Holder holder) {
  private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  static Machine of(Stack stack, String client) {
    return of(stack, client, Holder.of("ES256"));
  }

  static Machine of(Stack stack, String client, Holder holder) {
    for (String algorithm : new String[] {"ES384", "RS384"}) {
      String name = client + "." + algorithm.toLowerCase(Locale.ROOT) + ".pem";
      Path file = stack.state().resolve("clients").resolve(name);
      if (Files.exists(file)) {
        String family = algorithm.equals("ES384") ? "EC" : "RSA";
        PrivateKey key = key(family, Resources.text(file));
        return new Machine(stack, client, algorithm, key, holder);
      }
    }
    throw new AssertionError("no key of " + client);
  }

  private static PrivateKey key(String family, String pem) {
    byte[] der = Base64.getDecoder().decode(pem.replaceAll("-----[A-Z ]+-----|\\s", ""));
    try {
      return KeyFactory.getInstance(family).generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  String tokenEndpoint() {
    return stack.keycloak().issuer() + "/protocol/openid-connect/token";
  }

  /// An assertion that Keycloak takes once, when it is signed by {@link #sign}.
  Jws assertion() {
    long now = Instant.now().getEpochSecond();
    return new Jws(
        Map.of("typ", "JWT", "alg", algorithm, "kid", "1"),
        Map.of(
            "iss",
            client,
            "sub",
            client,
            "aud",
            tokenEndpoint(),
            "jti",
            UUID.randomUUID().toString(),
            "iat",
            now,
            "exp",
            now + 60));
  }

  String sign(Jws assertion) {
    String hash = algorithm.equals("ES384") ? "SHA384withECDSAinP1363Format" : "SHA384withRSA";
    return assertion.signed(Jws.by(hash, key));
  }

  /// Asks for a token that is bound to the holder's key.
  Response ask(String assertion, String scope) {
    return withoutProof(assertion, scope)
        .header("DPoP", holder.sign(holder.proof("POST", tokenEndpoint())))
        .post(tokenEndpoint());
  }

  /// The same question, to be sent, without a proof.
  RequestSpecification withoutProof(String assertion, String scope) {
    Map<String, String> form = new HashMap<>();
    form.put("grant_type", "client_credentials");
    form.put("client_assertion_type", ASSERTION);
    form.put("client_assertion", assertion);
    if (!scope.isEmpty()) {
      form.put("scope", scope);
    }
    return given().formParams(form);
  }

  /// What Keycloak gives with a token.
  JsonPath grant(String scope) {
    return ask(sign(assertion()), scope).then().statusCode(200).extract().jsonPath();
  }

  String token(String scope) {
    return grant(scope).getString("access_token");
  }

  /// The credentials for one request.
  RequestSpecification on(RequestSpecification request, String method, String uri, String token) {
    return request
        .header("Authorization", "DPoP " + token)
        .header("DPoP", holder.sign(holder.proof(method, uri, token)));
  }
}
