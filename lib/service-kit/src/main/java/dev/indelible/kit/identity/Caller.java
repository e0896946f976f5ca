package dev.indelible.kit.identity;

import dev.indelible.kit.problem.CommonProblem;
import dev.indelible.kit.problem.Rejection;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Who is calling, as the access token says.
///
/// @param subject the token's `sub`
/// @param organisation alias of the organisation, when the token names exactly one
/// @param roles the realm roles
/// @param scopes of a machine, what it was granted of what its roles allow; of a person nothing:
///   the roles alone decide
/// @param authentication how the person behind the token was authenticated
public record Caller(
    String subject,
    Optional<String> organisation,
    Set<String> roles,
    Optional<Set<String>> scopes,
    Authentication authentication) {
  public Caller {
    roles = Set.copyOf(roles);
    scopes = scopes.map(Set::copyOf);
  }

  /// The organisation on whose behalf the caller acts: the tenant.
  ///
  /// @throws Rejection (403) unless the token names exactly one
  public String requireOrganisation() {
    return organisation.orElseThrow(
        () ->
            Rejection.of(
                CommonProblem.NO_ORGANISATION, "Ask for a token with scope organization:<alias>."));
  }

  /// Nothing more of a person; of a machine that it was granted the scope.
  ///
  /// @throws Rejection (403, RFC 6750 §3.1) when it was not
  public Caller require(SystemScope needed) {
    if (scopes.isPresent() && scopes.get().stream().noneMatch(needed::isIn)) {
      throw Rejection.of(
              CommonProblem.INSUFFICIENT_SCOPE, "Ask for a token with scope " + needed + ".")
          .with("scope", needed.toString());
    }
    return this;
  }

  /// For what is grave: lets through who has shown a passkey a moment ago.
  ///
  /// @throws Rejection (401) that says what to ask for (RFC 9470)
  public void requireFreshAuthentication(Instant now) {
    if (!authentication.isFresh(now)) {
      throw Rejection.of(
          IdentityProblem.INSUFFICIENT_USER_AUTHENTICATION,
          "Sign in again with acr_values and max_age as WWW-Authenticate names them.");
    }
  }

  /// Whether the caller has the realm role.
  public boolean has(String role) {
    return roles.contains(role);
  }
}
