package dev.indelible.claims.api;

import dev.indelible.anchoring.Anchors;
import dev.indelible.anchoring.Receipt;
import dev.indelible.anchoring.TracedStatement;
import dev.indelible.claims.ClaimProblem;
import dev.indelible.claims.access.Action;
import dev.indelible.claims.adjudication.AdjudicateClaim;
import dev.indelible.claims.adjudication.DecisionRequest;
import dev.indelible.claims.adjudication.DecisionView;
import dev.indelible.claims.adjudication.Decisions;
import dev.indelible.claims.submission.Claims;
import dev.indelible.kit.identity.Roles;
import dev.indelible.kit.json.StrictJson;
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
import java.net.URI;
import java.util.List;
import java.util.UUID;

/// Decisions on a claim.
@Path("/v1/claims/{id}/decisions")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.CLAIM_SUBMITTER, Roles.ADJUDICATOR})
@RunOnVirtualThread
public class DecisionsResource {
  @Inject CurrentAccess access;
  @Inject StrictJson json;
  @Inject AdjudicateClaim adjudicateClaim;
  @Inject Claims claims;
  @Inject Decisions decisions;
  @Inject Anchors anchors;

  /// Decides: with `{}` by the rules, with an outcome and a reason by the caller; with `approve` a
  /// proposal takes effect.
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADJUDICATOR)
  public Response decide(UUID id, byte[] body) {
    DecisionView decision =
        adjudicateClaim.decide(
            id, () -> json.read(body, DecisionRequest.class), access.to(Action.DECIDE));
    return Response.created(URI.create("/v1/claims/" + id + "/decisions")).entity(decision).build();
  }

  /// The decisions, first to last.
  @GET
  @RolesAllowed({Roles.CLAIM_SUBMITTER, Roles.ADJUDICATOR, Roles.AUDITOR})
  @Transactional
  public List<DecisionView> list(UUID id) {
    return decisions.list(claims.get(id, access.to(Action.READ)));
  }

  /// The proof that a decision's entry is in the log.
  @GET
  @Path("/{decision}/receipt")
  @RolesAllowed({Roles.CLAIM_SUBMITTER, Roles.ADJUDICATOR, Roles.AUDITOR})
  @Transactional
  public Receipt receipt(UUID id, UUID decision) {
    var ignored = statement(id, decision, Action.DISCLOSE_RECEIPT);
    return anchors.receipt(decision).orElseThrow(ClaimProblem::noReceiptYet);
  }

  /// The document that a verifier checks against the receipt, with every field shown.
  @GET
  @Path("/{decision}/disclosure")
  @RolesAllowed({Roles.CLAIM_SUBMITTER, Roles.ADJUDICATOR, Roles.AUDITOR})
  @Transactional
  public String disclosure(UUID id, UUID decision) {
    TracedStatement live = statement(id, decision, Action.DISCLOSE_EVIDENCE);
    return CanonicalJson.text(anchors.disclosure(decision, live, pointer -> true).toJson());
  }

  private TracedStatement statement(UUID claim, UUID decision, Action action) {
    return decisions.statement(claims.get(claim, access.to(action)), decision);
  }
}
