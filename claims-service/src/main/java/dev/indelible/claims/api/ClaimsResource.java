package dev.indelible.claims.api;

import dev.indelible.anchoring.Anchors;
import dev.indelible.anchoring.Receipt;
import dev.indelible.claims.ClaimProblem;
import dev.indelible.claims.ClaimSubmission;
import dev.indelible.claims.Cursor;
import dev.indelible.claims.access.Action;
import dev.indelible.claims.submission.ClaimRules;
import dev.indelible.claims.submission.Claims;
import dev.indelible.claims.submission.Format;
import dev.indelible.claims.submission.IdempotencyKey;
import dev.indelible.claims.submission.Intake;
import dev.indelible.claims.submission.SubmitClaim;
import dev.indelible.kit.identity.CurrentCaller;
import dev.indelible.kit.identity.Roles;
import dev.indelible.kit.json.StrictJson;
import dev.indelible.transparency.canonical.CanonicalJson;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Claims as our own JSON.
@Path("/v1/claims")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.CLAIM_SUBMITTER, Roles.ADJUDICATOR})
@RunOnVirtualThread
public class ClaimsResource {
  private static final String ROUTE = "/v1/claims";

  @Inject CurrentCaller caller;
  @Inject CurrentAccess access;
  @Inject StrictJson json;
  @Inject SubmitClaim submitClaim;
  @Inject Claims claims;
  @Inject ClaimViews views;
  @Inject Anchors anchors;

  /// Takes a claim in.
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.CLAIM_SUBMITTER)
  public Response submit(
      byte[] body, @HeaderParam(IdempotencyKey.HEADER) @Nullable String idempotencyKey) {
    ClaimSubmission claim = json.read(body, ClaimSubmission.class);
    ClaimRules.check(claim, UnaryOperator.identity());
    var request = new Intake.Request(Format.JSON, ROUTE, new Intake.Body(body));
    var key = IdempotencyKey.parse(idempotencyKey);
    return Accepted.answer(submitClaim.submit(new Intake(claim, caller.get(), key, request)));
  }

  /// The organisation's claims in the order of submission.
  @GET
  @Transactional
  public PageOf<ClaimView> list(
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @DefaultValue("50") int limit) {
    int size = PageOf.limit(limit);
    var found = claims.list(access.to(Action.SEARCH), Cursor.parse(cursor), size);
    return PageOf.of(found, size, c -> new Cursor(c.submittedAt(), c.id()), views::of);
  }

  /// One claim.
  @GET
  @Path("/{id}")
  @RolesAllowed({Roles.CLAIM_SUBMITTER, Roles.ADJUDICATOR, Roles.AUDITOR})
  @Transactional
  public ClaimView get(UUID id) {
    return views.of(claims.get(id, access.to(Action.READ)));
  }

  /// The proof that the claim's entry is in the log.
  @GET
  @Path("/{id}/receipt")
  @RolesAllowed({Roles.CLAIM_SUBMITTER, Roles.ADJUDICATOR, Roles.AUDITOR})
  @Transactional
  public Receipt receipt(UUID id) {
    return anchors.receipt(seen(id)).orElseThrow(ClaimProblem::noReceiptYet);
  }

  /// The same as text (C2SP tlog-proof).
  @GET
  @Path("/{id}/receipt")
  @RolesAllowed({Roles.CLAIM_SUBMITTER, Roles.ADJUDICATOR, Roles.AUDITOR})
  @Produces(MediaType.TEXT_PLAIN)
  @Transactional
  public String tlogProof(UUID id) {
    return anchors.tlogProof(seen(id)).orElseThrow(ClaimProblem::noReceiptYet);
  }

  /// The document that a verifier checks against the receipt, with every field shown.
  @GET
  @Path("/{id}/disclosure")
  @RolesAllowed({Roles.CLAIM_SUBMITTER, Roles.ADJUDICATOR, Roles.AUDITOR})
  @Transactional
  public String disclosure(UUID id) {
    var live = claims.statement(id, access.to(Action.DISCLOSE_EVIDENCE));
    return CanonicalJson.text(anchors.disclosure(id, live, pointer -> true).toJson());
  }

  private UUID seen(UUID id) {
    return claims.get(id, access.to(Action.DISCLOSE_RECEIPT)).id();
  }
}
