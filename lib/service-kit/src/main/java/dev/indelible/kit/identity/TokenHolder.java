package dev.indelible.kit.identity;

import dev.indelible.kit.problem.InvalidProofException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// Whether a token may be used by who sends it. One that names no key may be used by its bearer;
/// one that is bound to a key by the key's holder alone, who proves to be it anew in each request
/// (RFC 9449). A token goes with the scheme that is its own, never with the other.
@ApplicationScoped
class TokenHolder {
  static final String SCHEME = "DPoP";

  private static final String HEADER = "DPoP";

  private final SeenProofs seen;
  private final Optional<URI> publicUrl;
  private final Clock clock;
  private final HolderKeys keys = new HolderKeys();

  @Inject
  TokenHolder(
      SeenProofs seen,
      @ConfigProperty(name = "indelible.public-url") Optional<URI> publicUrl,
      Clock clock) {
    this.seen = seen;
    this.publicUrl = publicUrl;
    this.clock = clock;
  }

  /// Lets the holder in and nobody else.
  ///
  /// @param identity what the verified token says
  /// @param token its text
  /// @param withProof whether it came as `DPoP` and not as `Bearer`
  /// @return the identity, or a failed authentication
  Uni<SecurityIdentity> require(
      SecurityIdentity identity, String token, boolean withProof, HttpServerRequest request) {
    if (!(identity.getPrincipal() instanceof JsonWebToken jwt)) {
      return failed("no JWT");
    }
    if (!(withProof ? "DPoP" : "Bearer").equals(jwt.getClaim("typ"))) {
      return failed("no access token of this scheme");
    }
    Object confirmation = jwt.getClaim(Claims.cnf);
    if (!withProof) {
      return confirmation == null
          ? Uni.createFrom().item(identity)
          : failed("a bound token is no bearer token");
    }
    if (!(confirmation instanceof Map<?, ?> cnf && cnf.get("jkt") instanceof String key)) {
      return failed("the token is not bound to a key");
    }
    return seen.isFirst(proof(token, key, request))
        .chain(
            first ->
                first
                    ? Uni.createFrom().item(identity)
                    : Uni.createFrom().failure(new InvalidProofException("seen before")));
  }

  private DpopProof proof(String token, String thumbprint, HttpServerRequest request) {
    List<String> proofs = request.headers().getAll(HEADER);
    if (proofs.size() != 1) {
      throw new InvalidProofException("one proof, please");
    }
    ProofUri uri = ProofUri.of(request, publicUrl);
    var about = new DpopProof.About(request.method().name(), uri, token, thumbprint);
    return DpopProof.of(proofs.getFirst(), about, clock.instant(), keys);
  }

  private static Uni<SecurityIdentity> failed(String why) {
    return Uni.createFrom().failure(new AuthenticationFailedException(why));
  }
}
