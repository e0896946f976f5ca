package dev.indelible.kit.quota;

import dev.indelible.kit.identity.Caller;
import dev.indelible.kit.identity.CurrentCaller;
import dev.indelible.kit.problem.CommonProblem;
import dev.indelible.kit.problem.Rejection;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// How many requests each organisation may make of a process, and each caller who acts for none. Of
/// *n* processes it may make *n* times as many; `docs/operations.md` has the arithmetic. Whoever
/// shows no token is not counted here: what they may read is made to be kept by caches, and who
/// they are only the proxy in front knows. Public only because the code that Quarkus generates
/// around it may be loaded elsewhere.
public class RequestQuota {
  private final Allowances allowances;
  private final long perSecond;
  private final Clock clock;

  @Inject
  RequestQuota(
      @ConfigProperty(name = "indelible.quota.requests-per-second") long perSecond,
      @ConfigProperty(name = "indelible.quota.burst") Duration burst,
      Clock clock) {
    this.allowances = new Allowances(perSecond, burst);
    this.perSecond = perSecond;
    this.clock = clock;
  }

  /// Counts the request at hand.
  ///
  /// @throws Rejection (429) when the caller's quota is used up
  @ServerRequestFilter
  public void count(RoutingContext context) {
    if (context.user() instanceof QuarkusHttpUser user
        && !user.getSecurityIdentity().isAnonymous()) {
      Caller caller = CurrentCaller.of(user.getSecurityIdentity());
      String payer = caller.organisation().map("organisation "::concat).orElseGet(caller::subject);
      if (!allowances.take(payer, 1, clock.instant())) {
        throw Rejection.of(
            CommonProblem.TOO_MANY_REQUESTS,
            "%d requests a second are answered, on average.".formatted(perSecond));
      }
    }
  }
}
