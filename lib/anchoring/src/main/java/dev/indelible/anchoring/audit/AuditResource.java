package dev.indelible.anchoring.audit;

import dev.indelible.kit.audit.AuditReport;
import dev.indelible.kit.identity.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/// The audit on demand.
@Path("/v1/audit")
public class AuditResource {
  private final Audits audits;

  @Inject
  AuditResource(Audits audits) {
    this.audits = audits;
  }

  /// Audits now and answers with the report.
  @POST
  @RolesAllowed({Roles.AUDITOR, Roles.OPERATOR})
  @Produces(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  public AuditReport audit() {
    return audits.run();
  }
}
