package dev.indelible.trials.finding;

import dev.indelible.anchoring.Receipt;
import dev.indelible.anchoring.TracedStatement;
import dev.indelible.anchoring.scope.AcrossOrganisations;
import dev.indelible.kit.identity.CurrentCaller;
import dev.indelible.kit.identity.Roles;
import dev.indelible.trials.Items;
import dev.indelible.trials.protocol.ProtocolReader;
import dev.indelible.trials.statement.Evidence;
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

/// What was found about a trial, and the evidence for it.
@Path("/v1/protocols/{id}/findings")
@RunOnVirtualThread
@AcrossOrganisations(Roles.REGULATOR)
@Transactional
@RolesAllowed({Roles.SPONSOR, Roles.REGULATOR})
public class FindingsResource {
  private final FindingReader reader;
  private final ProtocolReader protocols;
  private final Evidence evidence;
  private final CurrentCaller caller;

  @Inject
  FindingsResource(
      FindingReader reader, ProtocolReader protocols, Evidence evidence, CurrentCaller caller) {
    this.reader = reader;
    this.protocols = protocols;
    this.evidence = evidence;
    this.caller = caller;
  }

  /// All reports, oldest first: one for each amendment and each result set.
  @GET
  public Items<ReportView> list(@PathParam("id") String id) {
    return new Items<>(reader.of(visible(id)));
  }

  /// A report's receipt.
  @GET
  @Path("/{report}/receipt")
  @Produces(MediaType.APPLICATION_JSON)
  public Receipt receipt(@PathParam("id") String id, @PathParam("report") UUID report) {
    TracedStatement ignored = reader.statement(visible(id), report);
    return evidence.receipt(report);
  }

  /// A report's receipt as C2SP tlog-proof.
  @GET
  @Path("/{report}/receipt")
  @Produces(MediaType.TEXT_PLAIN)
  public String tlogProof(@PathParam("id") String id, @PathParam("report") UUID report) {
    TracedStatement ignored = reader.statement(visible(id), report);
    return evidence.tlogProof(report);
  }

  /// A report's disclosure, which a verifier reads.
  @GET
  @Path("/{report}/disclosure")
  @Produces(MediaType.APPLICATION_JSON)
  public String disclosure(@PathParam("id") String id, @PathParam("report") UUID report) {
    return evidence.disclosure(report, reader.statement(visible(id), report));
  }

  private UUID visible(String id) {
    return protocols.history(protocols.resolve(id), caller.get()).getFirst().protocolId();
  }
}
