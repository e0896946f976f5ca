package dev.indelible.claims.api;

import dev.indelible.kit.problem.Challenge;
import dev.indelible.kit.problem.CommonProblem;
import dev.indelible.kit.problem.Rejection;
import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where and how a machine gets a token for the FHIR interface (SMART App Launch 2.2, "Backend
/// services" and "Conformance"): what is really offered, and nothing for apps that people start.
@Path("/fhir/.well-known/smart-configuration")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SmartResource {
  private static final List<String> SCOPES =
      List.of(
          "system/Claim.c",
          "system/Claim.r",
          "system/AuditEvent.r",
          "system/AuditEvent.rs",
          "system/*.rs");

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Inject TenantConfigBean tenants;

  /// The configuration.
  @GET
  @PermitAll
  public Map<String, Object> configuration() {
    return Map.of(
        "token_endpoint", issuer() + "/protocol/openid-connect/token",
        "grant_types_supported", List.of("client_credentials"),
        "token_endpoint_auth_methods_supported", List.of("private_key_jwt"),
        "token_endpoint_auth_signing_alg_values_supported", List.of("ES384", "RS384"),
        // RFC 9449 §5.1; SMART leaves room for members of other specifications.
        "dpop_signing_alg_values_supported", Challenge.PROOF_ALGORITHMS,
        "scopes_supported", SCOPES,
        // SMART asks for it also where nobody is redirected.
        "code_challenge_methods_supported", List.of("S256"),
        "capabilities", List.of("client-confidential-asymmetric", "permission-v2"));
  }

  /// As Keycloak calls itself, who may be reached by another address from here. Asked for when it
  /// was down when we started.
  private String issuer() {
    OidcConfigurationMetadata metadata =
        tenants.getDefaultTenant().initialize().await().atMost(PATIENCE).getOidcMetadata();
    return Optional.ofNullable(metadata)
        .map(OidcConfigurationMetadata::getIssuer)
        .orElseThrow(
            () ->
                Rejection.of(
                    CommonProblem.UNAVAILABLE,
                    "The identity provider does not answer. Try again."));
  }
}
