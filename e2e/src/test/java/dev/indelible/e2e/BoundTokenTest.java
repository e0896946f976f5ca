package dev.indelible.e2e;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.indelible.local.testing.Api;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A token that is bound to a key opens nothing without a fresh proof of the key (RFC 9449): who
/// copies token, proof, or both, has nothing.
@Tag("asvs-5.0/10.3.5")
@Tag("hipaa/164.312.d")
class BoundTokenTest {
  private static final String ALGORITHMS = "algs=\"ES256 ES384 EdDSA PS256\"";
  private static final String INVALID_TOKEN =
      "Bearer error=\"invalid_token\", DPoP error=\"invalid_token\", " + ALGORITHMS;
  private static final String INVALID_PROOF = "DPoP error=\"invalid_dpop_proof\", " + ALGORITHMS;

  private static final Api API = new Api(SharedStack.get());
  private static final RealmAdmin ADMIN = new RealmAdmin(API.stack());
  private static final Forger FORGER = Forger.in(ADMIN, API.stack().keycloak().issuer());
  private static final List<Door> DOORS = Door.all(API);
  private static final Holder HOLDER = Holder.of("ES256");
  private static final Holder THIEF = Holder.of("ES256");
  private static final String TOKEN = bound(Map.of("jkt", HOLDER.thumbprint()));
  private static final String OTHER = bound(Map.of("jkt", HOLDER.thumbprint()));
  private static final String UNBOUND = FORGER.sign(FORGER.good());

  /// The credentials that a thief sends to a door.
  interface Credentials {
    RequestSpecification on(RequestSpecification request, String uri);
  }

  record Attack(String name, String challenge, Credentials credentials) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static String bound(Map<String, String> key) {
    return FORGER.sign(FORGER.good().claim("typ", "DPoP").claim("cnf", key));
  }

  @BeforeAll
  static void theServicesKnowTheRealmsKey() {
    for (Door door : DOORS) {
      Api.await(door + " opens", () -> open(door).statusCode() != 401);
    }
  }

  @AfterAll
  static void removeTheKey() {
    ADMIN.remove(FORGER.published());
  }

  static Stream<Attack> attacks() {
    return Stream.of(tokens(), requests(), keys(), claims()).flatMap(attacks -> attacks);
  }

  /// The right proof with the wrong token, or under the wrong scheme.
  private static Stream<Attack> tokens() {
    String byCertificate = bound(Map.of("x5t#S256", HOLDER.thumbprint()));
    return Stream.of(
        new Attack(
            "as Bearer", INVALID_TOKEN, (r, uri) -> r.header("Authorization", "Bearer " + TOKEN)),
        new Attack(
            "as Bearer, with a proof",
            INVALID_TOKEN,
            (r, uri) ->
                r.header("Authorization", "Bearer " + TOKEN).header("DPoP", proof(uri, TOKEN))),
        new Attack(
            "bound to a certificate, as Bearer",
            INVALID_TOKEN,
            (r, uri) -> r.header("Authorization", "Bearer " + byCertificate)),
        new Attack(
            "bound to a certificate, with a proof",
            INVALID_TOKEN,
            (r, uri) -> with(r, byCertificate, proof(uri, byCertificate))),
        new Attack("not bound", INVALID_TOKEN, (r, uri) -> with(r, UNBOUND, proof(uri, UNBOUND))),
        new Attack(
            "of another issuer",
            INVALID_TOKEN,
            (r, uri) -> {
              String token =
                  FORGER.signAsStranger(FORGER.good().claim("typ", "DPoP").claim("cnf", key()));
              return with(r, token, proof(uri, token));
            }),
        new Attack(
            "two Authorization headers",
            INVALID_TOKEN,
            (r, uri) ->
                with(r, TOKEN, proof(uri, TOKEN)).header("Authorization", "DPoP " + TOKEN)));
  }

  private static Map<String, String> key() {
    return Map.of("jkt", HOLDER.thumbprint());
  }

  private static Attack tokenOf(String name, Jws claims) {
    String token = FORGER.sign(claims);
    return new Attack(name, INVALID_TOKEN, (r, uri) -> with(r, token, proof(uri, token)));
  }

  /// A proof in the wrong place.
  private static Stream<Attack> requests() {
    return Stream.of(
        new Attack(
            "no proof", INVALID_PROOF, (r, uri) -> r.header("Authorization", "DPoP " + TOKEN)),
        new Attack(
            "two proofs",
            INVALID_PROOF,
            (r, uri) -> with(r, TOKEN, proof(uri, TOKEN)).header("DPoP", proof(uri, TOKEN))),
        new Attack(
            "two proofs in one header",
            INVALID_PROOF,
            (r, uri) -> with(r, TOKEN, proof(uri, TOKEN) + ", " + proof(uri, TOKEN))),
        new Attack("no JWT", INVALID_PROOF, (r, uri) -> with(r, TOKEN, "proof")),
        new Attack("the token itself", INVALID_PROOF, (r, uri) -> with(r, TOKEN, TOKEN)),
        flawed("for another method", proof -> proof.claim("htm", "GET")),
        flawed("for no method", proof -> proof.without("htm")),
        flawed("for another path", proof -> proof.claim("htu", proof.claims().get("htu") + "/1")),
        flawed(
            "for another service",
            proof -> proof.claim("htu", "https://evil.example" + path(proof))),
        flawed(
            "for another process", proof -> proof.claim("htu", "http://localhost:1" + path(proof))),
        flawed(
            "for another scheme", proof -> proof.claim("htu", "https" + uri(proof).substring(4))),
        flawed("for no address", proof -> proof.without("htu")));
  }

  private static String uri(Jws proof) {
    return (String) proof.claims().get("htu");
  }

  private static String path(Jws proof) {
    return URI.create(uri(proof)).getPath();
  }

  /// A proof by the wrong key.
  private static Stream<Attack> keys() {
    Holder rsa = Holder.of("RS256");
    String boundToRsa = bound(Map.of("jkt", rsa.thumbprint()));
    return Stream.of(
        new Attack(
            "by another key",
            INVALID_PROOF,
            (r, uri) -> with(r, TOKEN, THIEF.sign(THIEF.proof("POST", uri, TOKEN)))),
        new Attack(
            "by another key, in the holder's name",
            INVALID_PROOF,
            (r, uri) -> with(r, TOKEN, THIEF.sign(HOLDER.proof("POST", uri, TOKEN)))),
        flawed("without its key", proof -> proof.without("jwk")),
        flawed(
            "with the private key",
            proof -> {
              Map<String, String> jwk = new java.util.HashMap<>(HOLDER.jwk());
              jwk.put("d", "AQAB");
              return proof.header("jwk", jwk);
            }),
        new Attack(
            "unsigned",
            INVALID_PROOF,
            (r, uri) -> with(r, TOKEN, good(uri).header("alg", "none").signed(Jws.NONE))),
        new Attack(
            "HS256 by the public key",
            INVALID_PROOF,
            (r, uri) ->
                with(
                    r,
                    TOKEN,
                    good(uri)
                        .header("alg", "HS256")
                        .signed(Jws.hmac(HOLDER.pair().getPublic().getEncoded())))),
        new Attack(
            "HS256 by a secret in its header",
            INVALID_PROOF,
            (r, uri) ->
                with(
                    r,
                    TOKEN,
                    good(uri)
                        .header("alg", "HS256")
                        .header("jwk", Map.of("kty", "oct", "k", "AAAA"))
                        .signed(Jws.hmac(new byte[3])))),
        new Attack(
            "RS256, by the holder",
            INVALID_PROOF,
            (r, uri) -> with(r, boundToRsa, rsa.sign(rsa.proof("POST", uri, boundToRsa)))),
        flawed("of a token's type", proof -> proof.header("typ", "JWT")),
        flawed("with an extension", proof -> proof.header("crit", List.of("exp"))));
  }

  /// A proof for another token or another time.
  private static Stream<Attack> claims() {
    long now = Instant.now().getEpochSecond();
    return Stream.of(
        new Attack(
            "for another token of the holder",
            INVALID_PROOF,
            (r, uri) -> with(r, TOKEN, proof(uri, OTHER))),
        flawed("for no token", proof -> proof.without("ath")),
        flawed("of yesterday", proof -> proof.claim("iat", now - 86_400)),
        flawed("two minutes old", proof -> proof.claim("iat", now - 120)),
        flawed("of tomorrow", proof -> proof.claim("iat", now + 86_400)),
        flawed("of no time", proof -> proof.without("iat")),
        flawed("without jti", proof -> proof.without("jti")),
        flawed("with a jti that is no text", proof -> proof.claim("jti", 7)),
        flawed("too long", proof -> proof.claim("pad", "x".repeat(4_096))));
  }

  private static Attack flawed(String name, java.util.function.UnaryOperator<Jws> flaw) {
    return new Attack(
        name, INVALID_PROOF, (r, uri) -> with(r, TOKEN, HOLDER.sign(flaw.apply(good(uri)))));
  }

  private static Jws good(String uri) {
    return HOLDER.proof("POST", uri, TOKEN);
  }

  private static String proof(String uri, String token) {
    return HOLDER.sign(HOLDER.proof("POST", uri, token));
  }

  private static RequestSpecification with(RequestSpecification r, String token, String proof) {
    return r.header("Authorization", "DPoP " + token).header("DPoP", proof);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attacks")
  void opensNothing(Attack attack) {
    for (Door door : DOORS) {
      String uri = door.service().url() + door.path();
      List<Long> before = records();
      Response answer = door.knock(request -> attack.credentials().on(request, uri));
      assertEquals(before, records(), door::path);
      assertEquals(401, answer.statusCode(), door + ": " + answer.asString());
      assertEquals(attack.challenge(), answer.header("WWW-Authenticate"), door::path);
      Response stranger = door.knock(request -> request);
      assertEquals(stranger.asString(), answer.asString(), door::path);
      assertNotEquals(401, open(door).statusCode(), door + " is still open to the holder");
    }
  }

  private static Response open(Door door) {
    String uri = door.service().url() + door.path();
    return door.knock(request -> with(request, TOKEN, proof(uri, TOKEN)));
  }

  @Test
  void aProofIsTakenOnce() {
    String uri = API.claims().url() + "/v1/claims";
    String proof = HOLDER.sign(HOLDER.proof("GET", uri, TOKEN));
    assertEquals(200, list(uri, proof).statusCode());
    Response again = list(uri, proof);
    assertEquals(401, again.statusCode());
    assertEquals(INVALID_PROOF, again.header("WWW-Authenticate"));
    Jws resigned = HOLDER.proof("GET", uri, TOKEN).claim("jti", "one-name");
    assertEquals(200, list(uri, HOLDER.sign(resigned)).statusCode());
    assertEquals(401, list(uri, HOLDER.sign(resigned)).statusCode(), "signed anew");
  }

  /// The second process is told that it is the first, or the address alone would give it away.
  @Test
  void aProofThatOneProcessTookNoOtherTakes() {
    String uri = API.claims().url() + "/v1/claims";
    String second = API.stack().claims().get(1).url() + "/v1/claims";
    String host = URI.create(uri).getAuthority();
    String fresh = HOLDER.sign(HOLDER.proof("GET", uri, TOKEN));
    assertEquals(200, list(second, fresh, host).statusCode());
    assertEquals(401, list(uri, fresh).statusCode());
    String other = HOLDER.sign(HOLDER.proof("GET", uri, TOKEN));
    assertEquals(200, list(uri, other).statusCode());
    assertEquals(401, list(second, other, host).statusCode());
  }

  @Test
  void ofManyAtOnceOneIsTaken() throws Exception {
    String uri = API.claims().url() + "/v1/claims";
    String proof = HOLDER.sign(HOLDER.proof("GET", uri, TOKEN));
    Callable<Integer> attempt = () -> list(uri, proof).statusCode();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> answers =
          threads.invokeAll(IntStream.range(0, 16).mapToObj(i -> attempt).toList());
      int taken = 0;
      for (Future<Integer> answer : answers) {
        taken += answer.get() == 200 ? 1 : 0;
      }
      assertEquals(1, taken);
    }
  }

  /// A token that a service has just verified is no less bound for that.
  @Test
  void aRememberedTokenIsStillBound() {
    String uri = API.claims().url() + "/v1/claims";
    assertEquals(200, list(uri, HOLDER.sign(HOLDER.proof("GET", uri, TOKEN))).statusCode());
    assertEquals(401, given().auth().oauth2(TOKEN).get(uri).statusCode());
    assertEquals(401, given().header("Authorization", "DPoP " + TOKEN).get(uri).statusCode());
    assertEquals(200, list(uri, HOLDER.sign(HOLDER.proof("GET", uri, TOKEN))).statusCode());
    assertEquals(200, given().auth().oauth2(UNBOUND).get(uri).statusCode());
    String proof = HOLDER.sign(HOLDER.proof("GET", uri, UNBOUND));
    assertEquals(401, with(given(), UNBOUND, proof).get(uri).statusCode());
  }

  @Test
  void theQueryIsNotPartOfTheProof() {
    String uri = API.claims().url() + "/v1/claims";
    String proof = HOLDER.sign(HOLDER.proof("GET", uri, TOKEN));
    assertEquals(200, list(uri + "?limit=1", proof).statusCode());
  }

  private static Response list(String uri, String proof) {
    return with(given(), TOKEN, proof).get(uri);
  }

  private static Response list(String uri, String proof, String host) {
    return with(given(), TOKEN, proof).header("Host", host).get(uri);
  }

  private static List<Long> records() {
    return List.of(
        API.count("claims", "claim"),
        API.count("claims", "idempotency"),
        API.count("trials", "protocol_version"));
  }
}
