package dev.indelible.claims.api;

import dev.indelible.claims.Cursor;
import dev.indelible.claims.access.Action;
import dev.indelible.claims.matching.MatchAlert;
import dev.indelible.claims.matching.MatchAlerts;
import dev.indelible.kit.identity.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Alerts about the organisation's own claims.
@Path("/v1/match-alerts")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.CLAIM_SUBMITTER, Roles.ADJUDICATOR})
@RunOnVirtualThread
public class MatchAlertsResource {
  @Inject CurrentAccess access;
  @Inject MatchAlerts alerts;

  /// The alerts in the order in which they were raised.
  @GET
  @Transactional
  public PageOf<MatchAlert> list(
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @DefaultValue("50") int limit) {
    int size = PageOf.limit(limit);
    var found = alerts.list(access.to(Action.SEARCH), Cursor.parse(cursor), size);
    return PageOf.of(found, size, a -> new Cursor(a.foundAt(), a.id()), UnaryOperator.identity());
  }
}
