package dev.indelible.claims.api;

import dev.indelible.claims.Moment;
import dev.indelible.claims.consent.ConsentRuleSet;
import dev.indelible.claims.consent.GrantAccess;
import dev.indelible.claims.fhir.FhirAnswers;
import dev.indelible.claims.fhir.FhirConsent;
import dev.indelible.kit.identity.CurrentCaller;
import dev.indelible.kit.identity.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.UUID;

/// The grants of the patient who asks, as FHIR R4 JSON. They are written as `/v1/me/grants`.
@Path("/fhir/Consent")
@Produces({FhirAnswers.MEDIA_TYPE, MediaType.APPLICATION_JSON})
@RolesAllowed(Roles.PATIENT)
@RunOnVirtualThread
public class FhirConsentResource {
  @Inject CurrentCaller caller;
  @Inject GrantAccess grantAccess;
  @Inject ConsentRuleSet ruleSet;
  @Inject Clock clock;

  /// Reads a Consent.
  @GET
  @Path("/{id:[0-9a-f-]{36}}")
  public String read(UUID id) {
    return FhirConsent.of(
        grantAccess.get(id, caller.get()), ruleSet.name(), Moment.text(clock.instant()));
  }
}
