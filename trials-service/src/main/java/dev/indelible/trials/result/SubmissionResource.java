package dev.indelible.trials.result;

import dev.indelible.anchoring.scope.AcrossOrganisations;
import dev.indelible.kit.identity.Caller;
import dev.indelible.kit.identity.CurrentCaller;
import dev.indelible.kit.identity.Roles;
import dev.indelible.kit.json.StrictJson;
import dev.indelible.trials.Items;
import dev.indelible.trials.TrialProblem;
import dev.indelible.trials.content.ResultContent;
import dev.indelible.trials.content.ResultRules;
import dev.indelible.trials.content.Violations;
import dev.indelible.trials.protocol.ProtocolReader;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;

/// A protocol's results.
@Path("/v1/protocols/{id}/results")
@RunOnVirtualThread
@Transactional
public class SubmissionResource {
  private final SubmitResults submitResults;
  private final ProtocolReader protocols;
  private final ResultReader reader;
  private final ResultAnswers answers;
  private final StrictJson json;
  private final CurrentCaller caller;

  @Inject
  SubmissionResource(
      SubmitResults submitResults,
      ProtocolReader protocols,
      ResultReader reader,
      ResultAnswers answers,
      StrictJson json,
      CurrentCaller caller) {
    this.submitResults = submitResults;
    this.protocols = protocols;
    this.reader = reader;
    this.answers = answers;
    this.json = json;
    this.caller = caller;
  }

  /// Submits results, or corrects them.
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RequestBody(content = @Content(schema = @Schema(implementation = ResultContent.class)))
  @RolesAllowed(Roles.SPONSOR)
  public Response submit(@PathParam("id") String id, byte[] body) {
    Caller sponsor = caller.get();
    UUID protocol = protocols.resolveOwn(id, sponsor);
    ResultContent content = json.read(body, ResultContent.class);
    Violations violations = new Violations();
    ResultRules.check(content, violations);
    violations.rejectAs(TrialProblem.INVALID_RESULTS);
    return answers.accepted(protocol, submitResults.submit(protocol, content, "json", sponsor));
  }

  /// All result sets, oldest first.
  @GET
  @AcrossOrganisations(Roles.REGULATOR)
  @RolesAllowed({Roles.SPONSOR, Roles.REGULATOR})
  public Items<ResultAnswers.Anchored> list(@PathParam("id") String id) {
    UUID protocol = protocols.history(protocols.resolve(id), caller.get()).getFirst().protocolId();
    return new Items<>(reader.of(protocol).stream().map(answers::anchored).toList());
  }
}
