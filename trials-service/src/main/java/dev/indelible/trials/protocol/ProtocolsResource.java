package dev.indelible.trials.protocol;

import dev.indelible.anchoring.Receipt;
import dev.indelible.anchoring.scope.AcrossOrganisations;
import dev.indelible.kit.identity.Caller;
import dev.indelible.kit.identity.CurrentCaller;
import dev.indelible.kit.identity.Roles;
import dev.indelible.kit.json.StrictJson;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.trials.Items;
import dev.indelible.trials.TrialProblem;
import dev.indelible.trials.content.ProtocolContent;
import dev.indelible.trials.content.ProtocolRules;
import dev.indelible.trials.content.Violations;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jspecify.annotations.Nullable;

/// Registering protocols and reading them.
@Path("/v1/protocols")
@RunOnVirtualThread
@AcrossOrganisations(Roles.REGULATOR)
@Transactional
public class ProtocolsResource {
  private final RegisterProtocol registerProtocol;
  private final ProtocolReader reader;
  private final ProtocolAnswers answers;
  private final StrictJson json;
  private final CurrentCaller caller;

  @Inject
  ProtocolsResource(
      RegisterProtocol registerProtocol,
      ProtocolReader reader,
      ProtocolAnswers answers,
      StrictJson json,
      CurrentCaller caller) {
    this.registerProtocol = registerProtocol;
    this.reader = reader;
    this.answers = answers;
    this.json = json;
    this.caller = caller;
  }

  /// Registers a trial.
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RequestBody(content = @Content(schema = @Schema(implementation = ProtocolContent.class)))
  @RolesAllowed(Roles.SPONSOR)
  public Response register(byte[] body) {
    Caller sponsor = caller.get();
    sponsor.requireOrganisation();
    ProtocolContent content = json.read(body, ProtocolContent.class);
    Violations violations = new Violations();
    ProtocolRules.check(content, "", violations);
    violations.rejectAs(TrialProblem.INVALID_PROTOCOL);
    return answers.accepted(registerProtocol.register(content, "json", sponsor), sponsor);
  }

  /// The newest protocols, or the one that a registry knows by an id.
  @GET
  @RolesAllowed({Roles.SPONSOR, Roles.REGULATOR})
  public Items<ProtocolAnswers.Protocol> list(@QueryParam("registryId") @Nullable String id) {
    Caller who = caller.get();
    return new Items<>(
        id == null ? answers.newest(who) : List.of(answers.protocol(reader.resolve(id), who)));
  }

  /// A protocol with its newest version.
  @GET
  @Path("/{id}")
  @RolesAllowed({Roles.SPONSOR, Roles.REGULATOR})
  public ProtocolAnswers.Protocol get(@PathParam("id") String id) {
    return answers.protocol(reader.resolve(id), caller.get());
  }

  /// Refuses to erase a trial. Its registration and results are public and name no participant;
  /// that they stay is what registration is for (Declaration of Helsinki 2024, paragraphs 35 and
  /// 36), which the right to erasure allows for (GDPR, article 17(3)(d)).
  @POST
  @Path("/{id}/erasure")
  @RolesAllowed(Roles.SPONSOR)
  public Response erase(@PathParam("id") String id) {
    var protocol = answers.protocol(reader.resolve(id), caller.get());
    throw Rejection.of(TrialProblem.PUBLIC_RECORD, "Registered as " + protocol.id() + ".");
  }

  /// All versions, oldest first.
  @GET
  @Path("/{id}/versions")
  @RolesAllowed({Roles.SPONSOR, Roles.REGULATOR})
  public Items<ProtocolAnswers.Version> versions(@PathParam("id") String id) {
    return new Items<>(answers.versions(reader.resolve(id), caller.get()));
  }

  /// One version.
  @GET
  @Path("/{id}/versions/{number}")
  @RolesAllowed({Roles.SPONSOR, Roles.REGULATOR})
  public ProtocolAnswers.Version version(
      @PathParam("id") String id, @PathParam("number") long number) {
    return answers.version(find(id, number));
  }

  /// The version's receipt.
  @GET
  @Path("/{id}/versions/{number}/receipt")
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed({Roles.SPONSOR, Roles.REGULATOR})
  public Receipt receipt(@PathParam("id") String id, @PathParam("number") long number) {
    return answers.evidence().receipt(find(id, number).id());
  }

  /// The version's receipt as C2SP tlog-proof.
  @GET
  @Path("/{id}/versions/{number}/receipt")
  @Produces(MediaType.TEXT_PLAIN)
  @RolesAllowed({Roles.SPONSOR, Roles.REGULATOR})
  public String tlogProof(@PathParam("id") String id, @PathParam("number") long number) {
    return answers.evidence().tlogProof(find(id, number).id());
  }

  /// The version's disclosure, which a verifier reads.
  @GET
  @Path("/{id}/versions/{number}/disclosure")
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed({Roles.SPONSOR, Roles.REGULATOR})
  public String disclosure(@PathParam("id") String id, @PathParam("number") long number) {
    UUID version = find(id, number).id();
    return answers.evidence().disclosure(version, reader.statement(version));
  }

  private VersionView find(String id, long number) {
    return reader.version(reader.resolve(id), number, caller.get());
  }
}
