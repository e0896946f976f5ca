package dev.indelible.claims.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Where the service is for its callers: what its operator says, and otherwise what the request
/// says of itself. The same that a proof of a machine names.
@ApplicationScoped
class PublicAddress {
  private final Optional<URI> known;
  private final UriInfo uri;

  @Inject
  PublicAddress(@ConfigProperty(name = "indelible.public-url") Optional<URI> known, UriInfo uri) {
    this.known = known;
    this.uri = uri;
  }

  /// The address of a path, which begins with a slash.
  String of(String path) {
    String base = known.orElseGet(uri::getBaseUri).toString();
    return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path;
  }
}
