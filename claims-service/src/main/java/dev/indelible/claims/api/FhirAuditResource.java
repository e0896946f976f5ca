package dev.indelible.claims.api;

import dev.indelible.claims.access.Accesses;
import dev.indelible.claims.access.Action;
import dev.indelible.claims.fhir.FhirAnswers;
import dev.indelible.claims.fhir.FhirAuditEvent;
import dev.indelible.kit.identity.CurrentCaller;
import dev.indelible.kit.identity.Roles;
import dev.indelible.kit.identity.SystemScope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;

/// The access history as FHIR R4. A machine needs, beside the role, the scope. Each answer is an
/// event as well.
@Path("/fhir/AuditEvent")
@Produces({FhirAnswers.MEDIA_TYPE, MediaType.APPLICATION_JSON})
@RolesAllowed(Roles.PRIVACY_OFFICER)
@RunOnVirtualThread
public class FhirAuditResource {
  private static final SystemScope READ = new SystemScope("AuditEvent", 'r');

  @Inject CurrentCaller caller;
  @Inject CurrentAccess current;
  @Inject Accesses accesses;

  /// Reads an AuditEvent.
  @GET
  @Path("/{id:[0-9a-f-]{36}}")
  @Transactional
  public String read(UUID id) {
    var ignored = caller.get().require(READ).requireOrganisation();
    return FhirAuditEvent.of(accesses.get(id, current.to(Action.READ_HISTORY)));
  }
}
