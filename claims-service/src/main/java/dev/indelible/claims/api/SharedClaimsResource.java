package dev.indelible.claims.api;

import dev.indelible.anchoring.scope.AcrossOrganisations;
import dev.indelible.claims.Cursor;
import dev.indelible.claims.access.Action;
import dev.indelible.claims.consent.ConsentRuleSet;
import dev.indelible.claims.consent.SharedClaims;
import dev.indelible.kit.identity.Roles;
import dev.indelible.kit.problem.Rejection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Other insurers' claims that patients share with the organisation, for coordination of benefits.
/// Who decides claims needs them; who files claims does not. Across organisations, because what is
/// refused is written down too.
@Path("/v1/shared-claims")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADJUDICATOR)
@AcrossOrganisations(Roles.ADJUDICATOR)
@RunOnVirtualThread
public class SharedClaimsResource {
  @Inject CurrentAccess access;
  @Inject ConsentRuleSet ruleSet;
  @Inject SharedClaims claims;
  @Inject ClaimViews views;

  /// What is shared for a purpose, in the order of submission. A page may show fewer claims than
  /// asked for, even none, and still not be the last.
  @GET
  @Transactional
  public PageOf<MemberClaimView> list(
      @HeaderParam(ConsentRuleSet.PURPOSE_OF_USE) @Nullable String purposeOfUse,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @DefaultValue("50") int limit) {
    var found =
        claims.list(
            ruleSet.purpose(purposeOfUse),
            access.to(Action.SEARCH),
            Cursor.parse(cursor),
            PageOf.limit(limit));
    return new PageOf<>(
        found.claims().stream().map(views::forMember).toList(),
        found.next().map(Cursor::text).orElse(null));
  }

  /// One claim. What is not shared is answered like what does not exist.
  @GET
  @Path("/{id}")
  public MemberClaimView get(
      UUID id, @HeaderParam(ConsentRuleSet.PURPOSE_OF_USE) @Nullable String purposeOfUse) {
    return claims
        .get(id, ruleSet.purpose(purposeOfUse), access.to(Action.READ), views::forMember)
        .orElseThrow(Rejection::notFound);
  }
}
