package dev.indelible.kit.identity;

import dev.indelible.kit.problem.CommonProblem;
import dev.indelible.kit.problem.Rejection;
import java.util.Optional;
import java.util.Set;

/// Who is calling, as the access token says.
///
/// @param subject the token's `sub`
/// @param organisation alias of the organisation, when the token names exactly one
/// @param roles the realm roles
/// @param scopes of a machine, what it was granted of what its roles allow; of a person nothing:
///   the roles alone decide
public record Caller(
    String subject,
    Optional<String> organisation,
    Set<String> roles,
    Optional<Set<String>> scopes) {
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

  /// Whether the caller has the realm role.
  public boolean has(String role) {
    return roles.contains(role);
  }
}
