package dev.indelible.kit.identity;

import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// Verifies a bearer token once and not with each of the thousands of requests that carry it:
/// checking its signature costs more than the rest of a request.
///
/// A token is remembered whole, so that no other one passes for it; until it expires, and for a
/// minute at most, so that a key withdrawn by the realm is soon noticed. Refusals are not
/// remembered, and neither are tokens bound to a key (RFC 9449, RFC 8705), whose proof differs each
/// time. Of several `Authorization` headers none counts.
@Alternative
@Priority(1)
@ApplicationScoped
class RememberedBearers implements HttpAuthenticationMechanism {
  private static final String HEADER = "Authorization";
  private static final String SCHEME = "Bearer ";
  private static final int TOKEN = SCHEME.length();

  /// RFC 7515 §7.1. Quarkus trips over some of what is not, and decodes some.
  private static final Pattern JWT = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final int MOST = 10_000;

  private final OidcAuthenticationMechanism oidc;
  private final Clock clock;
  private final Map<String, Remembered> known = new ConcurrentHashMap<>();

  RememberedBearers(OidcAuthenticationMechanism oidc, Clock clock) {
    this.oidc = oidc;
    this.clock = clock;
  }

  private record Remembered(SecurityIdentity identity, Instant until) {}

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager identities) {
    if (context.request().headers().getAll(HEADER).size() > 1) {
      return Uni.createFrom().failure(new AuthenticationFailedException("which one counts?"));
    }
    String authorization = context.request().getHeader(HEADER);
    if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, TOKEN)) {
      return oidc.authenticate(context, identities);
    }
    if (!JWT.matcher(authorization.substring(TOKEN)).matches()) {
      return Uni.createFrom().failure(new AuthenticationFailedException("not a signed JWT"));
    }
    Remembered remembered = known.get(authorization);
    if (remembered != null && clock.instant().isBefore(remembered.until())) {
      return Uni.createFrom().item(remembered.identity());
    }
    return oidc.authenticate(context, identities)
        .invoke(identity -> remember(authorization, identity));
  }

  private void remember(String authorization, SecurityIdentity identity) {
    if (identity != null
        && identity.getPrincipal() instanceof JsonWebToken token
        && token.getClaim(Claims.cnf) == null) {
      Instant now = clock.instant();
      Instant expiry = Instant.ofEpochSecond(token.getExpirationTime());
      Instant latest = now.plus(LONGEST);
      forget(now);
      known.put(authorization, new Remembered(identity, expiry.isBefore(latest) ? expiry : latest));
    }
  }

  private void forget(Instant now) {
    known.values().removeIf(remembered -> !now.isBefore(remembered.until()));
    if (known.size() >= MOST) {
      known.clear();
    }
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    return oidc.getChallenge(context);
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return oidc.getCredentialTypes();
  }

  @Override
  public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
    return oidc.getCredentialTransport(context);
  }
}
