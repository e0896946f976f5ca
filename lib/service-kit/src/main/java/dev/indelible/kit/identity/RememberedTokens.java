package dev.indelible.kit.identity;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// Verifies a token once and not with each of the thousands of requests that carry it: checking its
/// signature costs more than the rest of a request. Whether it may be used in this very request,
/// which depends on its proof, is asked each time.
///
/// A token is remembered whole, so that no other one passes for it; until it expires, and for no
/// longer than `indelible.identity.remember-tokens`, so that a key withdrawn by the realm is soon
/// noticed. Refusals are not remembered. Of several `Authorization` headers none counts.
@Alternative
@Priority(1)
@ApplicationScoped
class RememberedTokens implements HttpAuthenticationMechanism {
  private static final String HEADER = "Authorization";
  private static final String BEARER = "Bearer";

  private static final int MOST = 10_000;

  private final OidcAuthenticationMechanism oidc;
  private final TokenHolder holder;
  private final Duration longest;
  private final Clock clock;
  private final Map<String, Remembered> known = new ConcurrentHashMap<>();

  RememberedTokens(
      OidcAuthenticationMechanism oidc,
      TokenHolder holder,
      @ConfigProperty(name = "indelible.identity.remember-tokens") Duration longest,
      Clock clock) {
    this.oidc = oidc;
    this.holder = holder;
    this.longest = longest;
    this.clock = clock;
  }

  private record Remembered(SecurityIdentity identity, Instant until) {}

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager identities) {
    if (context.request().headers().getAll(HEADER).size() > 1) {
      return Uni.createFrom().failure(new AuthenticationFailedException("which one counts?"));
    }
    String authorization = Optional.ofNullable(context.request().getHeader(HEADER)).orElse("");
    int space = Math.max(0, authorization.indexOf(' '));
    String scheme = authorization.substring(0, space);
    boolean withProof = scheme.equalsIgnoreCase(TokenHolder.SCHEME);
    if (!withProof && !scheme.equalsIgnoreCase(BEARER)) {
      return Uni.createFrom().nullItem();
    }
    String token = authorization.substring(space + 1);
    return verified(token, context, identities)
        .chain(identity -> holder.require(identity, token, withProof, context.request()));
  }

  private Uni<SecurityIdentity> verified(
      String token, RoutingContext context, IdentityProviderManager identities) {
    Remembered remembered = known.get(token);
    if (remembered != null && clock.instant().isBefore(remembered.until())) {
      return Uni.createFrom().item(remembered.identity());
    }
    if (!DpopProof.isJwt(token)) {
      return Uni.createFrom().failure(new AuthenticationFailedException("not a signed JWT"));
    }
    var request = new TokenAuthenticationRequest(new AccessTokenCredential(token));
    return identities
        .authenticate(HttpSecurityUtils.setRoutingContextAttribute(request, context))
        .map(RememberedTokens::lasting)
        .invoke(identity -> remember(token, identity));
  }

  /// Without Quarkus' attributes, among which is the request that brought the token: it would be
  /// kept as long as the token, with its connection and its buffers.
  private static SecurityIdentity lasting(SecurityIdentity identity) {
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(identity.getPrincipal())
        .addRoles(identity.getRoles())
        .addCredentials(identity.getCredentials())
        .build();
  }

  private void remember(String text, SecurityIdentity identity) {
    if (identity.getPrincipal() instanceof JsonWebToken token) {
      Instant now = clock.instant();
      Instant expiry = Instant.ofEpochSecond(token.getExpirationTime());
      Instant latest = now.plus(longest);
      forget(now);
      known.put(text, new Remembered(identity, expiry.isBefore(latest) ? expiry : latest));
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
