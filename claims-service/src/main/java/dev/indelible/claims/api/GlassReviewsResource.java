package dev.indelible.claims.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.indelible.claims.Cursor;
import dev.indelible.claims.access.Action;
import dev.indelible.claims.access.BrokenGlass;
import dev.indelible.claims.access.GlassReview;
import dev.indelible.claims.access.Glasses;
import dev.indelible.claims.access.Glasses.Reviewed;
import dev.indelible.kit.identity.Roles;
import dev.indelible.kit.json.StrictJson;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Glass that was broken before the claims of the organisation; open until somebody has reviewed
/// it.
@Path("/v1/break-glass")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.PRIVACY_OFFICER)
@RunOnVirtualThread
public class GlassReviewsResource {
  @Inject CurrentAccess access;
  @Inject StrictJson json;
  @Inject Glasses glasses;

  record Request(@Nullable String finding) {}

  record Review(String finding, String reviewedBy, String reviewedAt) {}

  /// @param review what was found; absent while nobody has looked
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record View(
      UUID id,
      UUID claim,
      String actor,
      @Nullable String actorOrganisation,
      String reason,
      String explanation,
      String brokenAt,
      String expiresAt,
      @Nullable Review review) {

    static View of(Reviewed reviewed) {
      BrokenGlass glass = reviewed.glass();
      return new View(
          glass.id(),
          glass.claim(),
          glass.actor(),
          glass.actorOrganisation(),
          glass.reason(),
          glass.explanation(),
          glass.brokenAt(),
          glass.expiresAt(),
          reviewed
              .review()
              .map(each -> new Review(each.finding(), each.reviewedBy(), each.reviewedAt()))
              .orElse(null));
    }
  }

  /// What was broken before the organisation's claims, in the order of time.
  @GET
  @Transactional
  public PageOf<View> list(
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @DefaultValue("50") int limit) {
    int size = PageOf.limit(limit);
    var found = glasses.list(access.to(Action.SEARCH), Cursor.parse(cursor), size);
    return PageOf.of(
        found, size, each -> new Cursor(each.glass().brokenAt(), each.glass().id()), View::of);
  }

  /// Says what a review found.
  @POST
  @Path("/{id}/review")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response review(UUID id, byte[] body) {
    Reviewed reviewed = glasses.review(id, () -> finding(body), access.to(Action.READ));
    return Response.status(Response.Status.CREATED).entity(View.of(reviewed)).build();
  }

  private GlassReview.Finding finding(byte[] body) {
    return GlassReview.Finding.of(json.read(body, Request.class).finding());
  }
}
