package dev.indelible.claims.api;

import dev.indelible.anchoring.Anchors;
import dev.indelible.anchoring.Receipt;
import dev.indelible.claims.ClaimProblem;
import dev.indelible.claims.Cursor;
import dev.indelible.claims.access.Access;
import dev.indelible.claims.access.AccessFilter;
import dev.indelible.claims.access.Accesses;
import dev.indelible.claims.access.Accesses.Evidence;
import dev.indelible.claims.access.Action;
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

/// Who saw which claim of the organisation, and the proof of it. Each answer is an event as well.
@Path("/v1/accesses")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.PRIVACY_OFFICER)
@RunOnVirtualThread
public class AccessesResource {
  @Inject CurrentAccess current;
  @Inject Accesses accesses;
  @Inject Anchors anchors;

  /// The events in the order of time.
  @GET
  @Transactional
  public PageOf<AccessView> list(
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @DefaultValue("50") int limit) {
    int size = PageOf.limit(limit);
    return AccessView.page(accesses.list(access(), AccessFilter.ALL, Cursor.parse(cursor), size));
  }

  /// The proof that the statement with the event is in the log.
  @GET
  @Path("/{id}/receipt")
  @Transactional
  public Receipt receipt(UUID id) {
    return anchors
        .receipt(accesses.evidence(id, access()).id())
        .orElseThrow(ClaimProblem::noReceiptYet);
  }

  /// The same as text (C2SP tlog-proof).
  @GET
  @Path("/{id}/receipt")
  @Produces(MediaType.TEXT_PLAIN)
  @Transactional
  public String tlogProof(UUID id) {
    return anchors
        .tlogProof(accesses.evidence(id, access()).id())
        .orElseThrow(ClaimProblem::noReceiptYet);
  }

  /// The document that a verifier checks against the receipt: it shows this event and no other.
  @GET
  @Path("/{id}/disclosure")
  @Transactional
  public String disclosure(UUID id) {
    Evidence evidence = accesses.evidence(id, access());
    var document = anchors.disclosure(evidence.id(), evidence.statement(), evidence::shows);
    return CanonicalJson.text(document.toJson());
  }

  private Access access() {
    return current.to(Action.READ_HISTORY);
  }
}
