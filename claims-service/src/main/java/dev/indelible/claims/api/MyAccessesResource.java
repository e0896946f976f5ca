package dev.indelible.claims.api;

import dev.indelible.anchoring.Anchors;
import dev.indelible.anchoring.Receipt;
import dev.indelible.anchoring.scope.AcrossOrganisations;
import dev.indelible.claims.ClaimProblem;
import dev.indelible.claims.Cursor;
import dev.indelible.claims.access.Accesses;
import dev.indelible.claims.access.Accesses.Evidence;
import dev.indelible.kit.identity.CurrentCaller;
import dev.indelible.kit.identity.Roles;
import dev.indelible.transparency.canonical.CanonicalJson;
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

/// Who saw which claim about the patient who asks, and the proof of it. Across organisations,
/// because a statement that shows one event commits to others' too.
@Path("/v1/me/accesses")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.PATIENT)
@AcrossOrganisations(Roles.PATIENT)
@RunOnVirtualThread
public class MyAccessesResource {
  @Inject CurrentCaller caller;
  @Inject Accesses accesses;
  @Inject Anchors anchors;

  /// The events in the order of time.
  @GET
  @Transactional
  public PageOf<AccessView> list(
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @DefaultValue("50") int limit) {
    int size = PageOf.limit(limit);
    return AccessView.page(accesses.ofPatient(caller.get(), Cursor.parse(cursor), size));
  }

  /// The proof that the statement with the event is in the log.
  @GET
  @Path("/{id}/receipt")
  @Transactional
  public Receipt receipt(UUID id) {
    return anchors
        .receipt(accesses.evidenceOfPatient(id, caller.get()).id())
        .orElseThrow(ClaimProblem::noReceiptYet);
  }

  /// The same as text (C2SP tlog-proof).
  @GET
  @Path("/{id}/receipt")
  @Produces(MediaType.TEXT_PLAIN)
  @Transactional
  public String tlogProof(UUID id) {
    return anchors
        .tlogProof(accesses.evidenceOfPatient(id, caller.get()).id())
        .orElseThrow(ClaimProblem::noReceiptYet);
  }

  /// The document that a verifier checks against the receipt: it shows this event and no other.
  @GET
  @Path("/{id}/disclosure")
  @Transactional
  public String disclosure(UUID id) {
    Evidence evidence = accesses.evidenceOfPatient(id, caller.get());
    var document = anchors.disclosure(evidence.id(), evidence.statement(), evidence::shows);
    return CanonicalJson.text(document.toJson());
  }
}
