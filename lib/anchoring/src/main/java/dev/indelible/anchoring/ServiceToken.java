package dev.indelible.anchoring;

import io.quarkus.arc.DefaultBean;
import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.runtime.TokensHelper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Map;

/// The service's own access token, kept until it expires.
@ApplicationScoped
@DefaultBean
class ServiceToken implements LedgerAccess {
  private final Instance<OidcClient> client;
  private final AnchoringConfig config;
  private final TokensHelper tokens = new TokensHelper();
  private volatile boolean stale;

  @Inject
  ServiceToken(Instance<OidcClient> client, AnchoringConfig config) {
    this.client = client;
    this.config = config;
  }

  @Override
  public String bearer() throws LedgerUnavailableException {
    try {
      String token =
          tokens
              .getTokens(client.get(), Map.of(), stale)
              .await()
              .atMost(config.callTimeout())
              .getAccessToken();
      stale = false;
      return token;
    } catch (RuntimeException e) {
      throw new LedgerUnavailableException("no access token", e);
    }
  }

  @Override
  public void refused() {
    stale = true;
  }
}
