package dev.indelible.trials.result;

import dev.indelible.anchoring.Receipt;
import dev.indelible.anchoring.scope.AcrossOrganisations;
import dev.indelible.kit.identity.CurrentCaller;
import dev.indelible.kit.identity.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;

/// Single result sets and the evidence for them.
@Path("/v1/results/{id}")
@RunOnVirtualThread
@AcrossOrganisations(Roles.REGULATOR)
@Transactional
@RolesAllowed({Roles.SPONSOR, Roles.REGULATOR})
public class ResultsResource {
  private final ResultReader reader;
  private final ResultAnswers answers;
  private final CurrentCaller caller;

  @Inject
  ResultsResource(ResultReader reader, ResultAnswers answers, CurrentCaller caller) {
    this.reader = reader;
    this.answers = answers;
    this.caller = caller;
  }

  /// One result set.
  @GET
  public ResultAnswers.Anchored get(@PathParam("id") UUID id) {
    return answers.anchored(reader.get(id, caller.get()));
  }

  /// Its receipt.
  @GET
  @Path("/receipt")
  @Produces(MediaType.APPLICATION_JSON)
  public Receipt receipt(@PathParam("id") UUID id) {
    return answers.evidence().receipt(reader.get(id, caller.get()).id());
  }

  /// Its receipt as C2SP tlog-proof.
  @GET
  @Path("/receipt")
  @Produces(MediaType.TEXT_PLAIN)
  public String tlogProof(@PathParam("id") UUID id) {
    return answers.evidence().tlogProof(reader.get(id, caller.get()).id());
  }

  /// Its disclosure, which a verifier reads.
  @GET
  @Path("/disclosure")
  @Produces(MediaType.APPLICATION_JSON)
  public String disclosure(@PathParam("id") UUID id) {
    UUID seen = reader.get(id, caller.get()).id();
    return answers.evidence().disclosure(seen, reader.statement(seen));
  }
}
