package dev.indelible.kit.identity;

import io.quarkus.oidc.runtime.OidcProvider;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.quarkus.oidc.runtime.TenantConfigContext;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Fetches the realm's keys again and again. Quarkus would only when a token names a key that it
/// does not know: a key that the realm withdraws, because it was stolen perhaps, would be trusted
/// until then. While Keycloak does not answer the old keys stay.
@ApplicationScoped
class RealmKeys {
  private static final Logger LOG = Logger.getLogger(RealmKeys.class);

  private final TenantConfigBean tenants;
  private final Duration every;

  RealmKeys(
      TenantConfigBean tenants,
      @ConfigProperty(name = "indelible.identity.keys-every") Duration every) {
    this.tenants = tenants;
    this.every = every;
  }

  void begin(@Observes StartupEvent event, Vertx vertx) {
    var _ = vertx.setPeriodic(every.toMillis(), id -> fetch());
  }

  private void fetch() {
    TenantConfigContext tenant = tenants.getDefaultTenant();
    if (tenant.ready() && tenant.oidcConfig().tenantEnabled() && tenant.provider() != null) {
      fetch(tenant.provider());
    }
  }

  /// The one public way to have the keys fetched is to have a token verified with them; this one is
  /// empty, and refusing it is the proper end.
  private static void fetch(OidcProvider provider) {
    var _ =
        provider
            .refreshJwksAndVerifyJwtToken("", false, false, null)
            .subscribe()
            .with(verified -> {}, end -> LOG.debugf("the realm's keys were asked for: %s", end));
  }
}
