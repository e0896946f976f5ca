package dev.indelible.ledger.api;

import dev.indelible.kit.audit.AuditReport;
import dev.indelible.kit.identity.Roles;
import dev.indelible.ledger.audit.LedgerAudit;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/// Audits on request.
@Path("/v1/audit")
@RunOnVirtualThread
class AuditResource {
  private final LedgerAudit audit;

  AuditResource(LedgerAudit audit) {
    this.audit = audit;
  }

  /// Audits everything now.
  @POST
  @RolesAllowed({Roles.AUDITOR, Roles.OPERATOR})
  @Produces(MediaType.APPLICATION_JSON)
  public AuditReport run() throws InterruptedException {
    return audit.run();
  }
}
