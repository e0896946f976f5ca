package dev.indelible.claims.api;

import dev.indelible.anchoring.erasure.RecordKey;
import dev.indelible.anchoring.scope.AcrossOrganisations;
import dev.indelible.claims.access.Action;
import dev.indelible.claims.access.BrokenGlass;
import dev.indelible.claims.access.Glasses;
import dev.indelible.claims.access.Reason;
import dev.indelible.claims.submission.Claims;
import dev.indelible.kit.identity.FreshAuthentication;
import dev.indelible.kit.identity.Roles;
import dev.indelible.kit.json.StrictJson;
import dev.indelible.kit.problem.Rejection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reading a claim without being its insurer, in an emergency and before everybody's eyes.
@Path("/v1/claims/{id}/break-glass")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.AUDITOR)
@AcrossOrganisations(Roles.AUDITOR)
@RunOnVirtualThread
public class BreakGlassResource {
  @Inject CurrentAccess access;
  @Inject StrictJson json;
  @Inject Claims claims;
  @Inject Glasses glasses;

  /// @param reason a code
  /// @param explanation free text for whoever reviews it
  record Request(@Nullable String reason, @Nullable String explanation) {}

  record Broken(UUID id, UUID claim, String expiresAt) {}

  /// Breaks the glass before a claim of whichever insurer.
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @FreshAuthentication
  @Transactional
  public Response breakBefore(UUID id, byte[] body) {
    claims.keep(id);
    RecordKey claim = claims.key(id).orElseThrow(Rejection::notFound);
    Request request = json.read(body, Request.class);
    Reason reason = Reason.of(request.reason(), request.explanation());
    BrokenGlass glass = glasses.breakBefore(claim, reason, access.to(Action.BREAK_GLASS));
    return Response.status(Response.Status.CREATED)
        .entity(new Broken(glass.id(), id, glass.expiresAt()))
        .build();
  }
}
