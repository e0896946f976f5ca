package dev.indelible.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Every forged, altered or misplaced token that we could think of, by what is wrong with it.
final class Forgeries {
  private final Forger forger;
  private final RealmAdmin admin;
  private final Map<String, String> tokens = new LinkedHashMap<>();

  /// @param bait an address where a key of ours can be fetched
  Forgeries(Forger forger, RealmAdmin admin, String bait) {
    this.forger = forger;
    this.admin = admin;
    withoutSignature();
    otherAlgorithms();
    ownKeys(bait);
    wrongClaims();
    altered();
    realButNotForHere();
    garbage();
  }

  /// A token by what is wrong with it.
  Map<String, String> tokens() {
    return tokens;
  }

  private void withoutSignature() {
    for (String none : List.of("none", "NONE", "nOnE", "")) {
      tokens.put("alg '" + none + "'", forger.good().header("alg", none).signed(Jws.NONE));
    }
    tokens.put("alg none without kid", unsigned().without("kid").signed(Jws.NONE));
    tokens.put("alg none, signed", forger.sign(unsigned()));
    tokens.put("no alg", forger.sign(forger.good().without("alg")));
    tokens.put("alg is a number", forger.sign(forger.good().header("alg", 256)));
    tokens.put("empty signature", forger.good().signed(Jws.NONE));
  }

  private Jws unsigned() {
    return forger.good().header("alg", "none");
  }

  /// The right key in the wrong algorithm, and what anybody can compute of a public key.
  private void otherAlgorithms() {
    RSAPublicKey key = (RSAPublicKey) forger.trusted().getPublic();
    byte[] der = key.getEncoded();
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    String pem = "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
    Jws hs256 = forger.good().header("alg", "HS256");
    tokens.put("HS256 by the PEM", hs256.signed(Jws.hmac(pem.getBytes(UTF_8))));
    tokens.put("HS256 by the stripped PEM", hs256.signed(Jws.hmac(pem.strip().getBytes(UTF_8))));
    tokens.put("HS256 by the DER", hs256.signed(Jws.hmac(der)));
    tokens.put("HS256 by the modulus", hs256.signed(Jws.hmac(key.getModulus().toByteArray())));
    var own = forger.trusted().getPrivate();
    tokens.put("RS256", forger.good().header("alg", "RS256").signed(Jws.by("SHA256withRSA", own)));
    tokens.put("PS512", forger.good().header("alg", "PS512").signed(Jws.pss(own, 512)));
    tokens.put("PS256 that says RS256", forger.sign(forger.good().header("alg", "RS256")));
    var curve = Jws.by("SHA256withECDSAinP1363Format", forger.curve().getPrivate());
    tokens.put("ES256", forger.good().header("alg", "ES256").signed(curve));
    tokens.put("ES256 of zeros", forger.good().header("alg", "ES256").signed(c -> new byte[64]));
  }

  /// Headers that name a key to verify with: ours.
  private void ownKeys(String bait) {
    RSAPublicKey key = (RSAPublicKey) forger.stranger().getPublic();
    Map<String, String> jwk =
        Map.of(
            "kty", "RSA",
            "alg", "PS256",
            "kid", "ours",
            "n", Jws.encode(key.getModulus().toByteArray()),
            "e", Jws.encode(key.getPublicExponent().toByteArray()));
    String x5c = Base64.getEncoder().encodeToString(key.getEncoded());
    Map<String, Object> pointers =
        Map.of("jku", bait, "x5u", bait, "jwk", jwk, "x5c", List.of(x5c), "x5t", "AAAA");
    pointers.forEach(
        (name, value) -> {
          Jws pointed = forger.good().header(name, value);
          tokens.put(name, forger.signAsStranger(pointed));
          tokens.put(name + ", kid of ours", forger.signAsStranger(pointed.header("kid", "ours")));
          tokens.put(name + ", no kid", forger.signAsStranger(pointed.without("kid")));
        });
    tokens.put("a stranger's key", forger.signAsStranger(forger.good()));
    tokens.put("unknown kid", forger.sign(forger.good().header("kid", "unknown")));
    tokens.put("no kid", forger.sign(forger.good().without("kid")));
    tokens.put("kid is a number", forger.sign(forger.good().header("kid", 7)));
    tokens.put("kid is an object", forger.sign(forger.good().header("kid", Map.of("a", 1))));
    tokens.put("kid is a path", forger.sign(forger.good().header("kid", "../../dev/null")));
    tokens.put("kid is SQL", forger.sign(forger.good().header("kid", "x' or '1'='1")));
    tokens.put("kid of the realm's own key", forger.sign(forger.good().header("kid", realmKid())));
    Jws critical = forger.good().header("crit", List.of("b64")).header("b64", false);
    tokens.put("critical header", forger.sign(critical));
  }

  private String realmKid() {
    return admin.first().kid();
  }

  /// Rightly signed, and each wrong in one claim.
  private void wrongClaims() {
    long now = java.time.Instant.now().getEpochSecond();
    claim("aud", "account");
    claim("aud", List.of());
    claim("aud", List.of("claims-service-2", "Claims-Service"));
    claim("iss", forger.issuer() + "/");
    claim("iss", forger.issuer().replace("indelible", "master"));
    claim("exp", now - 1);
    claim("exp", 0);
    claim("exp", "never");
    claim("nbf", now + 120);
    claim("typ", "ID");
    claim("typ", "Refresh");
    claim("typ", "Logout");
    claim("sub", List.of("a", "b"));
    for (String name : List.of("aud", "iss", "exp", "typ", "sub")) {
      Jws token = forger.good();
      Jws lacking = new Jws(token.header(), token.without(name).claims());
      tokens.put("no claim " + name, forger.sign(lacking));
    }
  }

  private void claim(String name, Object value) {
    tokens.put(name + " " + value, forger.sign(forger.good().claim(name, value)));
  }

  private void altered() {
    String good = forger.sign(forger.good());
    List<String> parts = List.of(good.split("\\."));
    String roles = forger.sign(forger.good().claim("organization", List.of("birch")));
    tokens.put("another payload", parts.get(0) + "." + roles.split("\\.")[1] + "." + parts.get(2));
    tokens.put("signature cut", good.substring(0, good.length() - 8));
    tokens.put("signature longer", good + "AAAA");
    tokens.put("a part more", good + "." + parts.get(2));
    tokens.put("five parts", good + ".AA.AA");
    tokens.put("a part less", parts.get(0) + "." + parts.get(1));
    tokens.put("spaces inside", parts.get(0) + ". " + parts.get(1) + " ." + parts.get(2));
    int middle = good.length() - 20;
    char other = good.charAt(middle) == 'A' ? 'B' : 'A';
    tokens.put("one character", good.substring(0, middle) + other + good.substring(middle + 1));
  }

  private void realButNotForHere() {
    var user = admin.user("alder");
    tokens.put("an ID token", user.getString("id_token"));
    tokens.put("a refresh token", admin.refreshToken("alder"));
    tokens.put("the master realm's", admin.ownToken());
  }

  private void garbage() {
    String claims = "{}";
    var signer = Jws.pss(forger.trusted().getPrivate(), 256);
    List<String> headers =
        new ArrayList<>(List.of("", "null", "[]", "{", "\"PS256\"", "{\"alg\":null}", "\u0000"));
    headers.add("[".repeat(3000) + "]".repeat(3000));
    headers.add("{\"a\":".repeat(1500) + "1" + "}".repeat(1500));
    for (int i = 0; i < headers.size(); i++) {
      tokens.put("header " + i, Jws.sign(headers.get(i), claims, signer));
    }
    String header = "{\"alg\":\"PS256\",\"kid\":\"" + forger.kid() + "\"}";
    for (String payload : List.of("", "null", "[]", "{\"exp\":1e400}", "{\"exp\":", "\u0000")) {
      tokens.put("payload " + payload.strip(), Jws.sign(header, payload, signer));
    }
    tokens.put("deep payload", Jws.sign(header, "[".repeat(3000) + "]".repeat(3000), signer));
    tokens.put("dots", "..");
    tokens.put("more dots", "....");
    tokens.put("a word", "letmein");
    tokens.put("not base64", "é.ß.%%");
    tokens.put("very long", "A".repeat(15_000));
    tokens.put("very long, with dots", "A".repeat(5_000) + "." + "B".repeat(5_000) + ".C");
  }
}
