package dev.indelible.kit.identity;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/// The address of a request, without query, as its sender has to name it in a proof (RFC 9449
/// §4.3). Scheme, host and port are compared as RFC 3986 §6.2.3 says, the path as it was sent.
record ProofUri(String origin, String path) {
  /// @param base where the service is for its callers, when that is not what the request says
  static ProofUri of(HttpServerRequest request, Optional<URI> base) {
    HostAndPort asked = request.authority();
    return base.map(uri -> new ProofUri(origin(uri), prefix(uri) + request.path()))
        .orElseGet(
            () ->
                new ProofUri(origin(request.scheme(), asked.host(), asked.port()), request.path()));
  }

  private static String prefix(URI base) {
    String path = base.getRawPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  boolean isNamedBy(String htu) {
    try {
      URI uri = new URI(htu);
      return uri.isAbsolute()
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && origin.equals(origin(uri))
          && path.equals(uri.getRawPath().isEmpty() ? "/" : uri.getRawPath());
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static String origin(URI uri) {
    return origin(uri.getScheme(), uri.getHost(), uri.getPort());
  }

  private static String origin(String scheme, String host, int port) {
    String lower = scheme.toLowerCase(Locale.ROOT);
    int standard = lower.equals("https") ? 443 : 80;
    return lower + "://" + host.toLowerCase(Locale.ROOT) + ":" + (port == -1 ? standard : port);
  }
}
