package dev.indelible.claims.api;

import dev.indelible.claims.ClaimProblem;
import dev.indelible.claims.member.LinkMember;
import dev.indelible.claims.member.Membership;
import dev.indelible.claims.member.Memberships;
import dev.indelible.claims.submission.ElementChecks;
import dev.indelible.kit.identity.CurrentCaller;
import dev.indelible.kit.identity.Roles;
import dev.indelible.kit.json.StrictJson;
import dev.indelible.kit.problem.Rejection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which members the patient who asks is.
@Path("/v1/me/memberships")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.PATIENT)
@RunOnVirtualThread
public class MembershipsResource {
  @Inject CurrentCaller caller;
  @Inject StrictJson json;
  @Inject LinkMember linkMember;
  @Inject Memberships memberships;

  /// @param code from an insurer
  record Request(@Nullable String code) {
    String required() {
      ElementChecks checks = new ElementChecks();
      checks.required("/code", code);
      checks.requireNone();
      return String.valueOf(code);
    }
  }

  /// Redeems a code.
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response redeem(byte[] body) {
    Membership membership =
        linkMember
            .redeem(json.read(body, Request.class).required(), caller.get())
            .orElseThrow(
                () ->
                    Rejection.of(
                        ClaimProblem.INVALID_INVITATION, "Ask your insurer for another code."));
    return Response.status(Response.Status.CREATED).entity(membership).build();
  }

  /// The memberships in the order in which they began.
  @GET
  @Transactional
  public List<Membership> list() {
    return memberships.of(caller.get().subject());
  }
}
