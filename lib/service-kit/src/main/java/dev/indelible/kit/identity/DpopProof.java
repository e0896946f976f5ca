package dev.indelible.kit.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.indelible.kit.problem.InvalidProofException;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.canonical.Json.JsonNumber;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.JsonException;
import dev.indelible.transparency.canonical.JsonReader;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/// A proof that whoever sends a request holds the key that its token is bound to (RFC 9449),
/// checked by the list of §4.3, but for whether it was seen before.
///
/// @param id SHA-256 of the key's thumbprint and the proof's `jti`: another holder's proof is
///   another
/// @param until when it is too old to be taken
record DpopProof(Hash id, Instant until) {
  /// RFC 9449 §11.1: seconds or minutes. Long enough for a slow network and a clock that is behind.
  static final Duration LIFE = Duration.ofSeconds(60);

  /// How far the holder's clock may be ahead of ours.
  static final Duration AHEAD = Duration.ofSeconds(10);

  private static final int LONGEST = 4_096;

  /// What a proof has to be about.
  ///
  /// @param method of the request
  /// @param uri of the request
  /// @param token that came with it
  /// @param thumbprint of the key that the token is bound to, its `cnf.jkt`
  record About(String method, ProofUri uri, String token, String thumbprint) {}

  /// @param jwt the header `DPoP` of the request
  /// @param keys of other proofs, among which this one's is then
  /// @throws InvalidProofException when it does not hold
  static DpopProof of(String jwt, About about, Instant now, HolderKeys keys) {
    if (jwt.length() > LONGEST || !isJwt(jwt)) {
      throw new InvalidProofException("not a signed JWT");
    }
    int first = jwt.indexOf('.');
    int last = jwt.lastIndexOf('.');
    String header = jwt.substring(0, first);
    HolderKey key = keys.of(header);
    require(about.thumbprint().equals(key.thumbprint()), "bound to another key");
    JsonObject claims = json(jwt.substring(first + 1, last));
    require(about.method().equals(text(claims, "htm")), "htm");
    require(about.uri().isNamedBy(text(claims, "htu")), "htu");
    require(hash(about.token()).equals(text(claims, "ath")), "ath");
    Instant made = issuedAt(claims);
    require(!made.isAfter(now.plus(AHEAD)), "iat is to come");
    require(made.plus(LIFE).isAfter(now), "iat is long ago");
    Hash id = sha256(about.thumbprint() + "." + text(claims, "jti"));
    require(key.verifies(jwt.substring(0, last), jwt.substring(last + 1)), "signature");
    keys.remember(header, key);
    return new DpopProof(id, made.plus(LIFE));
  }

  /// Whether a text has the form of a signed JWT: three parts in base64url (RFC 7515 §7.1). Quarkus
  /// trips over some of what has not, and decodes some. Asked of tokens of kilobytes with each
  /// request, so by hand: a regular expression takes as long as half a signature.
  static boolean isJwt(String text) {
    int dots = 0;
    int part = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && part > 0) {
        dots++;
        part = 0;
      } else if (isBase64Url(c)) {
        part++;
      } else {
        return false;
      }
    }
    return dots == 2 && part > 0;
  }

  /// RFC 4648 §5.
  private static boolean isBase64Url(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }

  /// The object in the first or the second part.
  static JsonObject json(String part) {
    try {
      return JsonReader.readObject(Base64.getUrlDecoder().decode(part));
    } catch (IllegalArgumentException | JsonException e) {
      throw new InvalidProofException("not JSON", e);
    }
  }

  private static String text(JsonObject object, String name) {
    String text = object.findString(name).orElse("");
    require(!text.isEmpty(), name);
    return text;
  }

  private static Instant issuedAt(JsonObject claims) {
    if (claims.members().get("iat") instanceof JsonNumber iat) {
      try {
        return Instant.ofEpochSecond(iat.decimal().longValueExact());
      } catch (ArithmeticException | DateTimeException e) {
        throw new InvalidProofException("iat", e);
      }
    }
    throw new InvalidProofException("iat");
  }

  /// RFC 9449 §4.2.
  private static String hash(String token) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(token).bytes());
  }

  private static Hash sha256(String text) {
    return Hash.sha256(text.getBytes(UTF_8));
  }

  static void require(boolean holds, String what) {
    if (!holds) {
      throw new InvalidProofException(what);
    }
  }
}
