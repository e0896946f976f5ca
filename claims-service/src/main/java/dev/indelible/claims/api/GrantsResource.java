package dev.indelible.claims.api;

import dev.indelible.anchoring.Anchors;
import dev.indelible.anchoring.Receipt;
import dev.indelible.claims.ClaimProblem;
import dev.indelible.claims.Cursor;
import dev.indelible.claims.consent.Grant;
import dev.indelible.claims.consent.GrantAccess;
import dev.indelible.claims.consent.GrantRequest;
import dev.indelible.kit.identity.CurrentCaller;
import dev.indelible.kit.identity.Roles;
import dev.indelible.kit.json.StrictJson;
import dev.indelible.transparency.canonical.CanonicalJson;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Who else may read the claims of the patient who asks.
@Path("/v1/me/grants")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.PATIENT)
@RunOnVirtualThread
public class GrantsResource {
  @Inject CurrentCaller caller;
  @Inject StrictJson json;
  @Inject GrantAccess grantAccess;
  @Inject Anchors anchors;

  /// Gives access, or forbids it.
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response grant(byte[] body) {
    Grant grant = grantAccess.grant(json.read(body, GrantRequest.class), caller.get());
    return Response.status(Response.Status.CREATED).entity(grant).build();
  }

  /// The grants in the order in which they were given.
  @GET
  public PageOf<Grant> list(
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @DefaultValue("50") int limit) {
    int size = PageOf.limit(limit);
    var found = grantAccess.list(caller.get(), Cursor.parse(cursor), size);
    return PageOf.of(found, size, g -> new Cursor(g.grantedAt(), g.id()), UnaryOperator.identity());
  }

  /// Takes a grant back. Nobody reads anything by it from then on.
  @DELETE
  @Path("/{id}")
  public void revoke(UUID id) {
    grantAccess.revoke(id, caller.get());
  }

  /// The proof that the grant's entry is in the log.
  @GET
  @Path("/{id}/receipt")
  @Transactional
  public Receipt receipt(UUID id) {
    var ignored = grantAccess.statement(id, caller.get());
    return anchors.receipt(id).orElseThrow(ClaimProblem::noReceiptYet);
  }

  /// The grant as a verifier reads it.
  @GET
  @Path("/{id}/disclosure")
  @Transactional
  public String disclosure(UUID id) {
    var live = grantAccess.statement(id, caller.get());
    return CanonicalJson.text(anchors.disclosure(id, live, pointer -> true).toJson());
  }
}
