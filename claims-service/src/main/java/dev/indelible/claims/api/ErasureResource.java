package dev.indelible.claims.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.indelible.anchoring.AnchorState;
import dev.indelible.anchoring.Anchors;
import dev.indelible.anchoring.Receipt;
import dev.indelible.anchoring.erasure.Code;
import dev.indelible.anchoring.erasure.ErasureProblem;
import dev.indelible.anchoring.erasure.Erasures;
import dev.indelible.anchoring.erasure.Erasures.Progress;
import dev.indelible.anchoring.erasure.Tombstone;
import dev.indelible.claims.ClaimProblem;
import dev.indelible.claims.erasure.EraseClaim;
import dev.indelible.kit.identity.CurrentCaller;
import dev.indelible.kit.identity.FreshAuthentication;
import dev.indelible.kit.identity.Roles;
import dev.indelible.kit.json.StrictJson;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.transparency.canonical.CanonicalJson;
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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The erasure of a claim. The realm has no role for data protection; who may submit a claim for
/// the organisation may have it erased.
@Path("/v1/claims/{id}/erasure")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.CLAIM_SUBMITTER)
@RunOnVirtualThread
public class ErasureResource {
  @Inject CurrentCaller caller;
  @Inject StrictJson json;
  @Inject EraseClaim eraseClaim;
  @Inject Anchors anchors;

  /// @param basis code of the legal basis
  record Request(@Nullable String basis) {}

  record Accepted(String id, String state) {}

  /// @param tombstone how far the statement that the claim was erased has come, once it was made
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record View(
      String id, String state, String basis, String requestedAt, @Nullable AnchorState tombstone) {

    static View of(UUID id, Progress progress) {
      return new View(
          id.toString(),
          progress.state().name(),
          progress.basis(),
          progress.requestedAt(),
          progress.tombstone().orElse(null));
    }
  }

  /// Asks for it. 202 says that it will happen; 409 that a hold forbids it, which is in the log
  /// then.
  @POST
  @FreshAuthentication
  @Consumes(MediaType.APPLICATION_JSON)
  public Response erase(UUID id, byte[] body) {
    return switch (eraseClaim.request(id, () -> basis(body), caller.get())) {
      case Erasures.Accepted accepted ->
          Response.accepted(new Accepted(id.toString(), accepted.state().name())).build();
      case Erasures.Refused refused ->
          throw Rejection.of(ErasureProblem.RECORD_HELD, "It is held: " + refused.reason() + ".");
    };
  }

  private Code basis(byte[] body) {
    return Code.of(json.read(body, Request.class).basis());
  }

  /// How far it has come.
  @GET
  public View get(UUID id) {
    return View.of(id, eraseClaim.progress(id, caller.get()));
  }

  /// The proof that the tombstone is in the log.
  @GET
  @Path("/receipt")
  @Transactional
  public Receipt receipt(UUID id) {
    return anchors
        .receipt(eraseClaim.tombstone(id, caller.get()).id())
        .orElseThrow(ClaimProblem::noReceiptYet);
  }

  /// The tombstone as a verifier reads it.
  @GET
  @Path("/disclosure")
  @Transactional
  public String disclosure(UUID id) {
    Tombstone tombstone = eraseClaim.tombstone(id, caller.get());
    var document = anchors.disclosure(tombstone.id(), tombstone.statement(), pointer -> true);
    return CanonicalJson.text(document.toJson());
  }
}
