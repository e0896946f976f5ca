package dev.indelible.claims.adjudication;

import dev.indelible.claims.ClaimProblem;
import dev.indelible.kit.identity.Caller;
import dev.indelible.kit.problem.CommonProblem;
import dev.indelible.kit.problem.Rejection;
import io.quarkus.oidc.OidcProviderClient;
import io.quarkus.oidc.UserInfo;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// Asks the realm, which tells the name to whoever shows the person's own token (OpenID Connect
/// Core 1.0 §5.3) and puts it into no token. Asked once for each signature, and not remembered.
@ApplicationScoped
class RealmNames implements SignerNames {
  /// The claim is locked meanwhile: asked any earlier, the realm would hear of requests that are
  /// refused.
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /// Of two attributes of Keycloak's, each of 255 characters at most, and the space between.
  private static final int LONGEST = 511;

  private final TenantConfigBean tenants;
  private final SecurityIdentity identity;

  @Inject
  RealmNames(TenantConfigBean tenants, SecurityIdentity identity) {
    this.tenants = tenants;
    this.identity = identity;
  }

  @Override
  public String of(Caller signer) {
    UserInfo told = ask();
    // OpenID Connect Core 1.0 §5.3.2: of another subject nothing may be used.
    if (!signer.subject().equals(told.getSubject())) {
      throw unavailable();
    }
    return Optional.ofNullable(told.getName())
        .map(String::strip)
        .filter(RealmNames::isPrintable)
        .orElseThrow(
            () ->
                Rejection.of(
                    ClaimProblem.NO_PRINTED_NAME, "Have the realm's administrator enter it."));
  }

  private UserInfo ask() {
    OidcProviderClient realm = tenants.getDefaultTenant().getOidcProviderClient();
    if (realm == null || !(identity.getPrincipal() instanceof JsonWebToken token)) {
      throw unavailable();
    }
    try {
      return realm.getUserInfo(token.getRawToken()).await().atMost(PATIENCE);
    } catch (RuntimeException refusedOrSilent) {
      throw unavailable();
    }
  }

  private static boolean isPrintable(String name) {
    return !name.isEmpty()
        && name.length() <= LONGEST
        && name.codePoints().noneMatch(Character::isISOControl);
  }

  private static Rejection unavailable() {
    return Rejection.of(
        CommonProblem.UNAVAILABLE, "The realm does not say who signs. Try again in a moment.");
  }
}
