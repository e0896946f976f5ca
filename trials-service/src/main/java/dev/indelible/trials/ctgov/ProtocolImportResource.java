package dev.indelible.trials.ctgov;

import dev.indelible.kit.identity.Caller;
import dev.indelible.kit.identity.CurrentCaller;
import dev.indelible.kit.identity.Roles;
import dev.indelible.trials.TrialProblem;
import dev.indelible.trials.content.ProtocolContent;
import dev.indelible.trials.content.ProtocolRules;
import dev.indelible.trials.content.Violations;
import dev.indelible.trials.protocol.ProtocolAnswers;
import dev.indelible.trials.protocol.RegisterProtocol;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/// Registering a trial from its ClinicalTrials.gov record.
@Path("/v1/protocols/import/ctgov")
@RunOnVirtualThread
@Transactional
public class ProtocolImportResource {
  static final String SOURCE = "ctgov-v2";

  private final RegisterProtocol registerProtocol;
  private final ProtocolAnswers answers;
  private final CurrentCaller caller;

  @Inject
  ProtocolImportResource(
      RegisterProtocol registerProtocol, ProtocolAnswers answers, CurrentCaller caller) {
    this.registerProtocol = registerProtocol;
    this.answers = answers;
    this.caller = caller;
  }

  /// Registers the trial that the record describes.
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.SPONSOR)
  public Response register(byte[] body) {
    Caller sponsor = caller.get();
    sponsor.requireOrganisation();
    return answers.accepted(registerProtocol.register(read(body), SOURCE, sponsor), sponsor);
  }

  private static ProtocolContent read(byte[] body) {
    StudyRecord record = StudyRecord.of(RecordObject.read(body));
    ProtocolContent content = record.content();
    Violations violations = new Violations();
    ProtocolRules.check(content, "", violations);
    Violations.reject(TrialProblem.INVALID_PROTOCOL, record.sources().locate(violations.list()));
    return content;
  }
}
