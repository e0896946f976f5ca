package dev.indelible.anchoring.scope;

import dev.indelible.kit.identity.Caller;
import dev.indelible.kit.identity.CurrentCaller;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.util.Arrays;

/// Outside the interceptor of `@Transactional` (`PLATFORM_BEFORE` + 200), because a transaction may
/// ask for its connection as late as its commit.
@AcrossOrganisations
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
class AcrossOrganisationsInterceptor {
  private final CurrentCaller caller;

  @Inject
  AcrossOrganisationsInterceptor(CurrentCaller caller) {
    this.caller = caller;
  }

  @AroundInvoke
  Object widen(InvocationContext call) throws Exception {
    String[] roles = call.getInterceptorBinding(AcrossOrganisations.class).value();
    return roles.length == 0 || callerHasAnyOf(roles)
        ? RowScope.all(call::proceed)
        : call.proceed();
  }

  private boolean callerHasAnyOf(String[] roles) {
    Caller who = caller.get();
    return Arrays.stream(roles).anyMatch(who::has);
  }
}
