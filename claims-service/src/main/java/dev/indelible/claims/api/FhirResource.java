package dev.indelible.claims.api;

import dev.indelible.claims.access.Action;
import dev.indelible.claims.fhir.FhirAnswers;
import dev.indelible.claims.fhir.FhirClaim;
import dev.indelible.claims.fhir.FhirClaimReader;
import dev.indelible.claims.submission.ClaimRules;
import dev.indelible.claims.submission.Claims;
import dev.indelible.claims.submission.FiledClaim;
import dev.indelible.claims.submission.Format;
import dev.indelible.claims.submission.IdempotencyKey;
import dev.indelible.claims.submission.Intake;
import dev.indelible.claims.submission.SubmitClaim;
import dev.indelible.claims.submission.SubmitClaim.Submitted;
import dev.indelible.kit.identity.Caller;
import dev.indelible.kit.identity.CurrentCaller;
import dev.indelible.kit.identity.Roles;
import dev.indelible.kit.identity.SystemScope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Claims as FHIR R4 JSON. A machine needs, beside the role, the scope of what it does.
@Path("/fhir")
@Consumes({FhirAnswers.MEDIA_TYPE, MediaType.APPLICATION_JSON})
@Produces({FhirAnswers.MEDIA_TYPE, MediaType.APPLICATION_JSON})
@RolesAllowed({Roles.CLAIM_SUBMITTER, Roles.ADJUDICATOR})
@RunOnVirtualThread
public class FhirResource {
  private static final SystemScope CREATE = new SystemScope("Claim", 'c');
  private static final SystemScope READ = new SystemScope("Claim", 'r');

  @Inject CurrentCaller caller;
  @Inject CurrentAccess access;
  @Inject SubmitClaim submitClaim;
  @Inject Claims claims;

  /// Creates a Claim.
  @POST
  @Path("/Claim")
  @RolesAllowed(Roles.CLAIM_SUBMITTER)
  public Response create(
      byte[] body, @HeaderParam(IdempotencyKey.HEADER) @Nullable String idempotencyKey) {
    Caller submitter = caller.get().require(CREATE);
    FhirClaim claim = FhirClaimReader.readClaim(body);
    Submitted submitted = submit(submitter, claim, "/fhir/Claim", body, idempotencyKey);
    String id = submitted.id().toString();
    var answer = Response.created(URI.create("/fhir/Claim/" + id));
    return Accepted.marked(answer.entity(FhirAnswers.claim(id, claim.content())), submitted)
        .build();
  }

  /// `$submit`: submits a Claim, or a Bundle that begins with one, for adjudication. Some clients
  /// escape the dollar.
  @POST
  @Path("/Claim/{operation:(\\$|%24)submit}")
  @RolesAllowed(Roles.CLAIM_SUBMITTER)
  @Transactional
  public Response operate(
      byte[] body, @HeaderParam(IdempotencyKey.HEADER) @Nullable String idempotencyKey) {
    Caller submitter = caller.get().require(CREATE);
    FhirClaim claim = FhirClaimReader.readSubmitted(body);
    Submitted submitted = submit(submitter, claim, "/fhir/Claim/$submit", body, idempotencyKey);
    FiledClaim filed = claims.get(submitted.id(), access.to(Action.READ));
    String id = submitted.id().toString();
    String response =
        FhirAnswers.queued(id, filed.submittedAt(), filed.organisation(), filed.content());
    var answer = Response.ok(response).location(URI.create("/fhir/Claim/" + id));
    return Accepted.marked(answer, submitted).build();
  }

  private Submitted submit(
      Caller submitter, FhirClaim claim, String route, byte[] body, @Nullable String key) {
    ClaimRules.check(claim.content(), claim::name);
    var request = new Intake.Request(Format.FHIR_R4, route, new Intake.Body(body));
    return submitClaim.submit(
        new Intake(claim.content(), submitter, IdempotencyKey.parse(key), request));
  }

  /// Reads a Claim.
  @GET
  @Path("/Claim/{id:[0-9a-f-]{36}}")
  @RolesAllowed({Roles.CLAIM_SUBMITTER, Roles.ADJUDICATOR, Roles.AUDITOR})
  @Transactional
  public String read(UUID id) {
    var ignored = caller.get().require(READ);
    FiledClaim claim = claims.get(id, access.to(Action.READ));
    return FhirAnswers.claim(claim.id().toString(), claim.content());
  }

  /// What this interface can do.
  @GET
  @Path("/metadata")
  @PermitAll
  public String metadata() {
    return FhirAnswers.capabilities();
  }
}
