package dev.indelible.claims.api;

import dev.indelible.claims.ClaimSubmission.Identifier;
import dev.indelible.claims.Member;
import dev.indelible.claims.member.Invitation;
import dev.indelible.claims.member.LinkMember;
import dev.indelible.claims.submission.ElementChecks;
import dev.indelible.kit.identity.Caller;
import dev.indelible.kit.identity.CurrentCaller;
import dev.indelible.kit.identity.Roles;
import dev.indelible.kit.json.StrictJson;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Codes by which an insurer tells its members that they may see their claims.
@Path("/v1/members/invitations")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.CLAIM_SUBMITTER)
@RunOnVirtualThread
public class InvitationsResource {
  @Inject CurrentCaller caller;
  @Inject StrictJson json;
  @Inject LinkMember linkMember;

  /// @param member as in the insurer's claims, letter by letter
  record Request(@Nullable Identifier member) {
    Member member(String organisation) {
      ElementChecks checks = new ElementChecks();
      Identifier named = member;
      if (named == null) {
        checks.add("/member", "is required");
      } else {
        checks.optional("/member/system", named.system());
        checks.required("/member/value", named.value());
      }
      checks.requireNone();
      return new Member(organisation, Objects.requireNonNull(named).system(), named.value());
    }
  }

  /// Issues a code, which this answer alone tells.
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response invite(byte[] body) {
    Caller insurer = caller.get();
    Member member = json.read(body, Request.class).member(insurer.requireOrganisation());
    Invitation invitation = linkMember.invite(member, insurer);
    return Response.status(Response.Status.CREATED).entity(invitation).build();
  }
}
