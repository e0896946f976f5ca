package dev.indelible.kit.problem;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// Answers nothing on a connection to the management port that has become HTTP/2 without TLS, and
/// ends it. `quarkus.http.http2` is about the port for callers, and Quarkus 3.34 has no such
/// setting for this one: Vert.x agrees to `Upgrade: h2c` before anybody of us is asked.
@ApplicationScoped
class ManagementProtocol {

  void register(@Observes ManagementInterface management) {
    var ignored =
        management.router().route().order(Integer.MIN_VALUE).handler(ManagementProtocol::check);
  }

  private static void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.version() == HttpVersion.HTTP_2 && !request.isSSL()) {
      var _ = request.connection().close();
    } else {
      context.next();
    }
  }
}
