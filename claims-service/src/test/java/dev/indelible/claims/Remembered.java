package dev.indelible.claims;

import dev.indelible.kit.identity.Roles;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/// Tells, for tests, of which request the caller's identity has kept hold.
@Path("/test/remembered")
@RolesAllowed(Roles.CLAIM_SUBMITTER)
public class Remembered {
  @Inject SecurityIdentity identity;

  @GET
  public String held() {
    return identity.getAttributes().values().stream()
        .filter(RoutingContext.class::isInstance)
        .map(held -> ((RoutingContext) held).request().query())
        .findFirst()
        .orElse("none");
  }
}
