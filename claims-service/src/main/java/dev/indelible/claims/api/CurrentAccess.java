package dev.indelible.claims.api;

import dev.indelible.claims.access.Access;
import dev.indelible.claims.access.AccessProblem;
import dev.indelible.claims.access.Action;
import dev.indelible.claims.access.Purpose;
import dev.indelible.claims.consent.ConsentRuleSet;
import dev.indelible.kit.identity.CurrentCaller;
import dev.indelible.kit.problem.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;

/// What the request at hand wants to see claims for: a code of HL7's PurposeOfUse in a header of
/// ours, since no standard has one. Without it the role's usual purpose counts.
@ApplicationScoped
class CurrentAccess {
  private final CurrentCaller caller;
  private final HttpHeaders headers;

  @Inject
  CurrentAccess(CurrentCaller caller, HttpHeaders headers) {
    this.caller = caller;
    this.headers = headers;
  }

  /// The caller's access for this action.
  ///
  /// @throws Rejection (400) when the purpose is none, or there are two
  Access to(Action action) {
    List<String> stated =
        Optional.ofNullable(headers.getRequestHeader(ConsentRuleSet.PURPOSE_OF_USE))
            .orElse(List.of());
    if (stated.size() > 1) {
      throw Rejection.of(AccessProblem.INVALID_PURPOSE, "Say it once.");
    }
    return new Access(caller.get(), action, stated.stream().map(Purpose::of).findFirst());
  }
}
