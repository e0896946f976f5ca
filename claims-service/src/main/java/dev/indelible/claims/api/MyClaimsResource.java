package dev.indelible.claims.api;

import dev.indelible.claims.Cursor;
import dev.indelible.claims.access.Action;
import dev.indelible.claims.consent.ConsentDecisions;
import dev.indelible.claims.member.MemberClaims;
import dev.indelible.claims.submission.FiledClaim;
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
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The claims about the patient who asks, whichever insurer has them.
@Path("/v1/me/claims")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.PATIENT)
@RunOnVirtualThread
public class MyClaimsResource {
  @Inject CurrentAccess access;
  @Inject MemberClaims claims;
  @Inject ClaimViews views;
  @Inject ConsentDecisions decisions;

  /// The claims in the order of submission.
  @GET
  @Transactional
  public PageOf<MemberClaimView> list(
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @DefaultValue("50") int limit) {
    int size = PageOf.limit(limit);
    var found = claims.list(access.to(Action.SEARCH), Cursor.parse(cursor), size);
    return PageOf.of(found, size, c -> new Cursor(c.submittedAt(), c.id()), views::forMember);
  }

  /// One claim.
  @GET
  @Path("/{id}")
  @Transactional
  public MemberClaimView get(UUID id) {
    return views.forMember(claims.get(id, access.to(Action.READ)));
  }

  /// Who asked for the claim beside its insurer, and what was decided.
  @GET
  @Path("/{id}/consent-decisions")
  @Transactional
  public PageOf<ConsentDecisions.Stored> consentDecisions(
      UUID id,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @DefaultValue("50") int limit) {
    int size = PageOf.limit(limit);
    FiledClaim claim = claims.get(id, access.to(Action.READ));
    var found = decisions.list(claim, Cursor.parse(cursor), size);
    return PageOf.of(found, size, d -> new Cursor(d.decidedAt(), d.id()), UnaryOperator.identity());
  }
}
