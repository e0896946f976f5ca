package dev.indelible.ledger.api;

import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/// Tells everyone who is sent away for now when to come again.
class RetryAfter {
  private static final int SECONDS = 1;

  @ServerResponseFilter
  void filter(ContainerResponseContext response) {
    if (response.getStatus() == 503 || response.getStatus() == 429) {
      response.getHeaders().putSingle(HttpHeaders.RETRY_AFTER, SECONDS);
    }
  }
}
