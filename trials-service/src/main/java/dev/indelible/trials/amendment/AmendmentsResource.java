package dev.indelible.trials.amendment;

import dev.indelible.kit.identity.Caller;
import dev.indelible.kit.identity.CurrentCaller;
import dev.indelible.kit.identity.Roles;
import dev.indelible.kit.json.StrictJson;
import dev.indelible.trials.content.AmendmentSubmission;
import dev.indelible.trials.protocol.ProtocolAnswers;
import dev.indelible.trials.protocol.ProtocolReader;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;

/// Amending protocols.
@Path("/v1/protocols/{id}/amendments")
@RunOnVirtualThread
@Transactional
public class AmendmentsResource {
  private final AmendProtocol amendProtocol;
  private final ProtocolReader reader;
  private final ProtocolAnswers answers;
  private final StrictJson json;
  private final CurrentCaller caller;

  @Inject
  AmendmentsResource(
      AmendProtocol amendProtocol,
      ProtocolReader reader,
      ProtocolAnswers answers,
      StrictJson json,
      CurrentCaller caller) {
    this.amendProtocol = amendProtocol;
    this.reader = reader;
    this.answers = answers;
    this.json = json;
    this.caller = caller;
  }

  /// Makes the next version.
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RequestBody(content = @Content(schema = @Schema(implementation = AmendmentSubmission.class)))
  @RolesAllowed(Roles.SPONSOR)
  public Response amend(@PathParam("id") String id, byte[] body) {
    Caller sponsor = caller.get();
    UUID protocol = reader.resolveOwn(id, sponsor);
    amendProtocol.amend(protocol, json.read(body, AmendmentSubmission.class), sponsor);
    return answers.accepted(protocol, sponsor);
  }
}
