package dev.indelible.kit.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.kit.problem.InvalidProofException;
import dev.indelible.transparency.Hash;
import java.security.spec.ECParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.OctJwkGenerator;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each check of RFC 9449 §4.3, by a proof that fails it and no other.
@Tag("asvs-5.0/10.3.5")
class DpopProofTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final String TOKEN = "a.b.c";

  /// RFC 9449 §4.2: base64url(SHA-256("a.b.c")).
  private static final String ATH =
      Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Hash.sha256(TOKEN.getBytes(US_ASCII)).bytes());

  private static final ProofUri URI = new ProofUri("https://claims.example:443", "/fhir/Claim");
  private static final PublicJsonWebKey KEY = curve(EllipticCurves.P256);

  private final HolderKeys keys = new HolderKeys();

  /// A good proof under construction.
  private static final class Draft {
    private final JsonWebSignature jws = new JsonWebSignature();
    private final JwtClaims claims = new JwtClaims();

    Draft(PublicJsonWebKey key, String algorithm) {
      jws.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
      jws.setHeader("typ", "dpop+jwt");
      jws.setAlgorithmHeaderValue(algorithm);
      jws.setJwkHeader(key);
      jws.setKey(key.getPrivateKey());
      claims.setClaim("htm", "POST");
      claims.setClaim("htu", "https://claims.example/fhir/Claim");
      claims.setClaim("ath", ATH);
      claims.setClaim("iat", NOW.getEpochSecond());
      claims.setClaim("jti", "1");
    }

    String signed() {
      try {
        jws.setPayload(claims.toJson());
        return jws.getCompactSerialization();
      } catch (JoseException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  record Flaw(String name, Consumer<Draft> put) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Flaw> flaws() {
    PublicJsonWebKey other = curve(EllipticCurves.P256);
    return Stream.of(
        header("typ absent", "typ", null),
        header("typ of an access token", "typ", "JWT"),
        header("critical extension", "crit", List.of("b64")),
        header("no key", "jwk", null),
        header("key as text", "jwk", "P-256"),
        header("private key", "jwk", KEY.toParams(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE)),
        new Flaw("another key's signature", draft -> draft.jws.setKey(other.getPrivateKey())),
        new Flaw(
            "another key",
            draft -> {
              draft.jws.setJwkHeader(other);
              draft.jws.setKey(other.getPrivateKey());
            }),
        new Flaw(
            "HS256 by the public key",
            draft -> {
              draft.jws.setAlgorithmHeaderValue("HS256");
              draft.jws.setKey(new HmacKey(KEY.getPublicKey().getEncoded()));
            }),
        new Flaw(
            "HS256 by a key in the header",
            draft -> {
              JsonWebKey secret = OctJwkGenerator.generateJwk(256);
              draft.jws.setAlgorithmHeaderValue("HS256");
              draft.jws.setHeader(
                  "jwk", secret.toParams(JsonWebKey.OutputControlLevel.INCLUDE_SYMMETRIC));
              draft.jws.setKey(secret.getKey());
            }),
        new Flaw(
            "none",
            draft -> {
              draft.jws.setAlgorithmHeaderValue("none");
              draft.jws.setKey(null);
            }),
        claim("htm of another method", "htm", "GET"),
        claim("htm in lower case", "htm", "post"),
        claim("htm absent", "htm", null),
        claim("htu of another path", "htu", "https://claims.example/fhir/Claim/1"),
        claim("htu of another host", "htu", "https://claims.example.net/fhir/Claim"),
        claim("htu of another port", "htu", "https://claims.example:8443/fhir/Claim"),
        claim("htu of another scheme", "htu", "http://claims.example/fhir/Claim"),
        claim("htu with a user", "htu", "https://claims.example@evil.example/fhir/Claim"),
        claim("htu without host", "htu", "/fhir/Claim"),
        claim("htu no address", "htu", "https://claims.example/ fhir"),
        claim("htu absent", "htu", null),
        claim("htu a list", "htu", List.of("https://claims.example/fhir/Claim")),
        claim("ath of another token", "ath", ATH.substring(1) + "A"),
        claim("ath absent", "ath", null),
        claim("iat too old", "iat", NOW.minusSeconds(60).getEpochSecond()),
        claim("iat to come", "iat", NOW.plusSeconds(11).getEpochSecond()),
        claim("iat absent", "iat", null),
        claim("iat as text", "iat", "1800000000"),
        claim("iat of no time", "iat", 1e300),
        claim("jti absent", "jti", null),
        claim("jti empty", "jti", ""),
        claim("longer than need be", "pad", "x".repeat(4_096)));
  }

  private static Flaw header(String name, String header, Object value) {
    return new Flaw(name, draft -> draft.jws.getHeaders().setObjectHeaderValue(header, value));
  }

  private static Flaw claim(String name, String claim, Object value) {
    return new Flaw(
        name,
        draft -> {
          if (value == null) {
            draft.claims.unsetClaim(claim);
          } else {
            draft.claims.setClaim(claim, value);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("flaws")
  void refuses(Flaw flaw) {
    Draft draft = new Draft(KEY, "ES256");
    flaw.put().accept(draft);
    String proof = draft.signed();
    assertThrows(InvalidProofException.class, () -> check(proof, KEY));
    assertEquals(NOW.plusSeconds(60), check(new Draft(KEY, "ES256").signed(), KEY).until());
    assertThrows(InvalidProofException.class, () -> check(proof, KEY), "once the key is known");
  }

  @Test
  void takesAKeyForKnownOnlyFromAProofThatHolds() {
    String proof = new Draft(KEY, "ES256").signed();
    String header = proof.substring(0, proof.indexOf('.'));
    String forged = proof.substring(0, proof.lastIndexOf('.')) + ".AAAA";
    assertThrows(InvalidProofException.class, () -> check(forged, KEY));
    assertNotSame(keys.of(header), keys.of(header));
    assertEquals(NOW.plusSeconds(60), check(proof, KEY).until());
    assertSame(keys.of(header), keys.of(header));
  }

  static Stream<Draft> algorithms() throws JoseException {
    return Stream.of(
        new Draft(KEY, "ES256"),
        new Draft(curve(EllipticCurves.P384), "ES384"),
        new Draft(RsaJwkGenerator.generateJwk(2048), "PS256"),
        new Draft(OkpJwkGenerator.generateJwk("Ed25519"), "EdDSA"));
  }

  @ParameterizedTest
  @MethodSource("algorithms")
  void takesTheAlgorithmsOfFapiAndSmart(Draft draft) throws JoseException {
    assertEquals(NOW.plusSeconds(60), check(draft.signed(), draft.jws.getJwkHeader()).until());
  }

  static Stream<Draft> otherAlgorithms() throws JoseException {
    PublicJsonWebKey rsa = RsaJwkGenerator.generateJwk(2048);
    return Stream.of(
        new Draft(rsa, "RS256"),
        new Draft(rsa, "RS384"),
        new Draft(rsa, "PS384"),
        new Draft(curve(EllipticCurves.P521), "ES512"));
  }

  @ParameterizedTest
  @MethodSource("otherAlgorithms")
  void takesNoOther(Draft draft) {
    assertThrows(
        InvalidProofException.class, () -> check(draft.signed(), draft.jws.getJwkHeader()));
  }

  @Test
  void namesTheSameAddressInOtherWords() {
    for (String same :
        new String[] {
          "HTTPS://CLAIMS.example/fhir/Claim",
          "https://claims.example:443/fhir/Claim",
          "https://claims.example/fhir/Claim?a=b",
          "https://claims.example/fhir/Claim#c"
        }) {
      Draft draft = new Draft(KEY, "ES256");
      draft.claims.setClaim("htu", same);
      assertEquals(NOW.plusSeconds(60), check(draft.signed(), KEY).until());
    }
  }

  @Test
  void isTheSameProofByKeyAndJtiAlone() {
    Draft draft = new Draft(KEY, "ES256");
    DpopProof first = check(draft.signed(), KEY);
    draft.claims.setClaim("iat", NOW.getEpochSecond() - 1);
    assertEquals(first.id(), check(draft.signed(), KEY).id());
    PublicJsonWebKey other = curve(EllipticCurves.P256);
    assertNotEquals(first.id(), check(new Draft(other, "ES256").signed(), other).id());
    draft.claims.setClaim("jti", "2");
    assertNotEquals(first.id(), check(draft.signed(), KEY).id());
  }

  @Test
  void refusesWhatIsNoJwt() {
    for (String text : new String[] {"", "a.b", "a.b.c", "a.b.c.d", "..", "e30.e30."}) {
      assertThrows(InvalidProofException.class, () -> check(text, KEY));
    }
  }

  /// Behind a gateway, which the request itself does not say.
  @Test
  void namesWhereTheServiceIsForItsCallers() {
    ProofUri uri = new ProofUri("https://gateway.example:443", "/claims/fhir/Claim");
    assertTrue(uri.isNamedBy("https://gateway.example/claims/fhir/Claim"));
    assertFalse(uri.isNamedBy("https://claims.example/fhir/Claim"));
    assertFalse(uri.isNamedBy("https://gateway.example/fhir/Claim"));
  }

  private DpopProof check(String proof, PublicJsonWebKey holder) {
    String thumbprint = holder.calculateBase64urlEncodedThumbprint("SHA-256");
    return DpopProof.of(proof, new DpopProof.About("POST", URI, TOKEN, thumbprint), NOW, keys);
  }

  private static PublicJsonWebKey curve(ECParameterSpec curve) {
    try {
      return EcJwkGenerator.generateJwk(curve);
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }
}
