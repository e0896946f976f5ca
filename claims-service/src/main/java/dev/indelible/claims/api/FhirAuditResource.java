package dev.indelible.claims.api;

import dev.indelible.claims.access.Access;
import dev.indelible.claims.access.Accesses;
import dev.indelible.claims.access.Action;
import dev.indelible.claims.fhir.FhirAnswers;
import dev.indelible.claims.fhir.FhirAuditEvent;
import dev.indelible.claims.fhir.FhirAuditSearch;
import dev.indelible.claims.fhir.FhirForm;
import dev.indelible.kit.identity.CurrentCaller;
import dev.indelible.kit.identity.Roles;
import dev.indelible.kit.identity.SystemScope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/// The access history as FHIR R4. A machine needs, beside the role, the scope. Each answer is an
/// event as well.
@Path("/fhir/AuditEvent")
@Produces({FhirAnswers.MEDIA_TYPE, MediaType.APPLICATION_JSON})
@RolesAllowed(Roles.PRIVACY_OFFICER)
@RunOnVirtualThread
public class FhirAuditResource {
  private static final SystemScope READ = new SystemScope("AuditEvent", 'r');
  private static final SystemScope SEARCH = new SystemScope("AuditEvent", 's');

  @Inject CurrentCaller caller;
  @Inject CurrentAccess current;
  @Inject Accesses accesses;
  @Inject PublicAddress address;
  @Inject UriInfo uri;

  /// Reads an AuditEvent.
  @GET
  @Path("/{id:[0-9a-f-]{36}}")
  @Transactional
  public String read(UUID id) {
    var ignored = caller.get().require(READ).requireOrganisation();
    return FhirAuditEvent.of(accesses.get(id, current.to(Action.READ_HISTORY)));
  }

  /// Searches AuditEvents.
  @GET
  @Transactional
  public String search() {
    return found(uri::getQueryParameters);
  }

  /// The same search, with parameters in the body too, which no log on the way keeps.
  @POST
  @Path("/_search")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Transactional
  public String searchByForm(byte[] body) {
    return found(() -> FhirForm.parse(body, uri.getQueryParameters()));
  }

  private String found(Supplier<Map<String, List<String>>> parameters) {
    var ignored = caller.get().require(SEARCH).requireOrganisation();
    FhirAuditSearch search = FhirAuditSearch.parse(parameters.get(), address.of("/fhir"));
    Access access = current.to(Action.READ_HISTORY);
    return search.answer(accesses.list(access, search.filter(), search.after(), search.count()));
  }
}
