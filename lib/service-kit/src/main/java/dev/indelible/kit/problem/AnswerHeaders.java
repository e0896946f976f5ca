package dev.indelible.kit.problem;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;

/// What every answer tells browsers and caches, where an endpoint does not say otherwise: keep
/// nothing, run nothing, tell nobody, guess nothing. Quarkus can add headers by configuration, but
/// beside those of the endpoint, and of two policies a browser applies both.
///
/// `Strict-Transport-Security` goes with answers over TLS alone (RFC 6797 §7.2). A gateway passes
/// it on; where it speaks plain HTTP to us, it has to send its own.
@ApplicationScoped
class AnswerHeaders {
  /// Before every filter that may answer.
  private static final int PRIORITY = 200;

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "Cache-Control", "no-store",
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
          "Referrer-Policy", "no-referrer",
          "X-Content-Type-Options", "nosniff");

  private static final String ONE_YEAR = "max-age=31536000; includeSubDomains";

  void register(@Observes Filters filters) {
    var ignored = filters.register(AnswerHeaders::complete, PRIORITY);
  }

  private static void complete(RoutingContext context) {
    var _ = context.addHeadersEndHandler(end -> fill(context));
    context.next();
  }

  private static void fill(RoutingContext context) {
    MultiMap headers = context.response().headers();
    if (context.request().isSSL()) {
      var _ = headers.set("Strict-Transport-Security", ONE_YEAR);
    }
    DEFAULTS.forEach(
        (name, value) -> {
          if (!headers.contains(name)) {
            var _ = headers.set(name, value);
          }
        });
  }
}
