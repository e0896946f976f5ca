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
public record Caller(String subject, Optional<String> organisation, Set<String> roles) {
  public Caller {
    roles = Set.copyOf(roles);
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

  /// Whether the caller has the realm role.
  public boolean has(String role) {
    return roles.contains(role);
  }
}
