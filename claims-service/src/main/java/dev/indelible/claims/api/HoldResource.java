package dev.indelible.claims.api;

import dev.indelible.anchoring.erasure.Code;
import dev.indelible.anchoring.erasure.Holds;
import dev.indelible.claims.erasure.HoldClaim;
import dev.indelible.kit.identity.CurrentCaller;
import dev.indelible.kit.identity.FreshAuthentication;
import dev.indelible.kit.identity.Roles;
import dev.indelible.kit.json.StrictJson;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The legal hold on a claim. It protects evidence against the insurer too, so no role of the
/// insurer may place or release it: auditors see all organisations already, and operators carry out
/// what a court tells them. The realm has no role of its own for this.
@Path("/v1/claims/{id}/hold")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.AUDITOR, Roles.OPERATOR})
@FreshAuthentication
@RunOnVirtualThread
public class HoldResource {
  @Inject CurrentCaller caller;
  @Inject StrictJson json;
  @Inject HoldClaim holdClaim;

  /// @param reason a code
  record Request(@Nullable String reason) {}

  /// Places the hold.
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  public Holds.Hold place(UUID id, byte[] body) {
    return holdClaim.place(id, reason(body), caller.get());
  }

  /// Releases the hold, which has to be given a reason like the placing of it.
  @DELETE
  @Consumes(MediaType.APPLICATION_JSON)
  public void release(UUID id, byte[] body) {
    holdClaim.release(id, reason(body), caller.get());
  }

  private Code reason(byte[] body) {
    return Code.of(json.read(body, Request.class).reason());
  }
}
