package dev.indelible.kit.problem;

import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/// Tells everyone who is sent away for now when to come again. Public only because the code that
/// Quarkus generates around it may be loaded elsewhere.
public class RetryAfter {
  private static final int SECONDS = 1;

  /// Adds the header (RFC 9110 §10.2.3).
  @ServerResponseFilter
  public void filter(ContainerResponseContext response) {
    if (response.getStatus() == 503 || response.getStatus() == 429) {
      response.getHeaders().putSingle(HttpHeaders.RETRY_AFTER, SECONDS);
    }
  }
}
