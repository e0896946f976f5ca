package dev.indelible.claims.api;

import dev.indelible.anchoring.erasure.Erasures;
import dev.indelible.claims.Cursor;
import dev.indelible.claims.access.Access;
import dev.indelible.claims.access.AccessFilter;
import dev.indelible.claims.access.Accesses;
import dev.indelible.claims.access.Action;
import dev.indelible.claims.submission.Claims;
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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who saw a claim. Each answer is an event as well.
@Path("/v1/claims/{id}/accesses")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.PRIVACY_OFFICER)
@RunOnVirtualThread
public class ClaimAccessesResource {
  @Inject CurrentAccess current;
  @Inject Claims claims;
  @Inject Erasures erasures;
  @Inject Accesses accesses;

  /// The events in the order of time. They are here when the claim is not any more.
  @GET
  @Transactional
  public PageOf<AccessView> list(
      UUID id,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @DefaultValue("50") int limit) {
    Access access = current.to(Action.READ_HISTORY);
    String organisation = access.caller().requireOrganisation();
    if (erasures.find(id, organisation).isEmpty()) {
      var ignored = claims.key(id, organisation);
    }
    int size = PageOf.limit(limit);
    return AccessView.page(accesses.list(access, AccessFilter.of(id), Cursor.parse(cursor), size));
  }
}
