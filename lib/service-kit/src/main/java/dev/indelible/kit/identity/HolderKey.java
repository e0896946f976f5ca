package dev.indelible.kit.identity;

import static dev.indelible.kit.identity.DpopProof.require;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.indelible.kit.problem.Challenge;
import dev.indelible.kit.problem.InvalidProofException;
import dev.indelible.kit.signature.FastSignatures;
import dev.indelible.transparency.canonical.CanonicalJson;
import dev.indelible.transparency.canonical.Json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jwa.AlgorithmFactoryFactory;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignatureAlgorithm;
import org.jose4j.lang.JoseException;

/// The key that the header of a proof names (RFC 9449 §4.2), and how it signs.
///
/// @param thumbprint RFC 7638, SHA-256, base64url
record HolderKey(PublicKey key, String thumbprint, JsonWebSignatureAlgorithm algorithm) {
  /// For ECDSA, which the JDK verifies eight times slower than others.
  private static final ProviderContext FAST = new ProviderContext();

  private static final ProviderContext USUAL = new ProviderContext();

  static {
    FAST.getSuppliedKeyProviderContext().setSignatureProvider(FastSignatures.provider());
  }

  /// RFC 7518 §6: members of private and of symmetric keys.
  private static final Set<String> PRIVATE =
      Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv");

  /// @param header as it is sent, in base64url
  /// @throws InvalidProofException when it is no header of a proof
  static HolderKey of(String header) {
    JsonObject members = DpopProof.json(header);
    require("dpop+jwt".equals(members.findString("typ").orElse("")), "typ");
    require(!members.members().containsKey("crit"), "crit");
    String algorithm = members.findString("alg").orElse("");
    require(Challenge.PROOF_ALGORITHMS.contains(algorithm), "alg");
    JsonObject jwk =
        members.members().get("jwk") instanceof JsonObject object
            ? object
            : new JsonObject(Map.of());
    require(Collections.disjoint(jwk.members().keySet(), PRIVATE), "not a public key");
    try {
      PublicJsonWebKey key = PublicJsonWebKey.Factory.newPublicJwk(CanonicalJson.text(jwk));
      JsonWebSignatureAlgorithm verifier =
          AlgorithmFactoryFactory.getInstance().getJwsAlgorithmFactory().getAlgorithm(algorithm);
      verifier.validateVerificationKey(key.getPublicKey());
      String thumbprint = key.calculateBase64urlEncodedThumbprint("SHA-256");
      return new HolderKey(ready(key.getPublicKey()), thumbprint, verifier);
    } catch (JoseException | GeneralSecurityException | RuntimeException e) {
      throw new InvalidProofException("key", e);
    }
  }

  /// In the form of the provider that verifies by it, which would translate it each time.
  private static PublicKey ready(PublicKey key) throws GeneralSecurityException {
    return key instanceof ECPublicKey
        ? (PublicKey) KeyFactory.getInstance("EC", FastSignatures.provider()).translateKey(key)
        : key;
  }

  /// Whether it has signed.
  ///
  /// @param signed the first two parts of a JWT
  /// @param signature the third (RFC 7515 §5.2)
  boolean verifies(String signed, String signature) {
    ProviderContext provider = algorithm.getAlgorithmIdentifier().startsWith("ES") ? FAST : USUAL;
    try {
      return algorithm.verifySignature(
          Base64.getUrlDecoder().decode(signature), key, signed.getBytes(US_ASCII), provider);
    } catch (JoseException | RuntimeException e) {
      throw new InvalidProofException("signature", e);
    }
  }
}
