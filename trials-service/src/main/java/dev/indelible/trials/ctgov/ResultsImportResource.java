package dev.indelible.trials.ctgov;

import dev.indelible.kit.identity.Caller;
import dev.indelible.kit.identity.CurrentCaller;
import dev.indelible.kit.identity.Roles;
import dev.indelible.trials.TrialProblem;
import dev.indelible.trials.content.ResultContent;
import dev.indelible.trials.content.ResultRules;
import dev.indelible.trials.content.Violations;
import dev.indelible.trials.protocol.ProtocolReader;
import dev.indelible.trials.result.ResultAnswers;
import dev.indelible.trials.result.SubmitResults;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Submitting results from a ClinicalTrials.gov record.
@Path("/v1/protocols/{id}/results/import/ctgov")
@RunOnVirtualThread
@Transactional
public class ResultsImportResource {
  private final SubmitResults submitResults;
  private final ProtocolReader protocols;
  private final ResultAnswers answers;
  private final CurrentCaller caller;

  @Inject
  ResultsImportResource(
      SubmitResults submitResults,
      ProtocolReader protocols,
      ResultAnswers answers,
      CurrentCaller caller) {
    this.submitResults = submitResults;
    this.protocols = protocols;
    this.answers = answers;
    this.caller = caller;
  }

  /// Submits the record's results; what a record cannot say is said in the query.
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.SPONSOR)
  public Response submit(
      @PathParam("id") String id,
      @QueryParam("protocolVersion") @Nullable String protocolVersion,
      @QueryParam("correctionReason") @Nullable String correctionReason,
      byte[] body) {
    Caller sponsor = caller.get();
    UUID protocol = protocols.resolveOwn(id, sponsor);
    ResultsRecord record = ResultsRecord.of(RecordObject.read(body));
    ResultContent content = record.content(protocolVersion, correctionReason);
    Violations violations = new Violations();
    ResultRules.check(content, violations);
    Violations.reject(TrialProblem.INVALID_RESULTS, record.sources().locate(violations.list()));
    return answers.accepted(
        protocol, submitResults.submit(protocol, content, ProtocolImportResource.SOURCE, sponsor));
  }
}
