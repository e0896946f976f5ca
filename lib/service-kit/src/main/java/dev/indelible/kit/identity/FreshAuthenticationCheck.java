package dev.indelible.kit.identity;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.time.Clock;

/// Lets nobody else into what is [FreshAuthentication].
@FreshAuthentication
@Interceptor
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
class FreshAuthenticationCheck {
  private final CurrentCaller caller;
  private final Clock clock;

  @Inject
  FreshAuthenticationCheck(CurrentCaller caller, Clock clock) {
    this.caller = caller;
    this.clock = clock;
  }

  @AroundInvoke
  Object check(InvocationContext call) throws Exception {
    caller.get().requireFreshAuthentication(clock.instant());
    return call.proceed();
  }
}
