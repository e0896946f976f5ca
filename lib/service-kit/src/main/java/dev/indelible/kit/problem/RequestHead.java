package dev.indelible.kit.problem;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Judges a request by its head, before a byte of its body is read.
///
/// A body that is too long Quarkus would refuse too, but without a word. One in chunks says no
/// length (RFC 9112 §6.3 allows to ask for it): with `Content-Length` beside it, two readers see
/// two bodies, and Netty hides that it was there. A packed one is not unpacked. One without a media
/// type would be taken for whatever the endpoint reads.
@ApplicationScoped
class RequestHead {
  /// Earlier than Quarkus' own check, which is at 2.
  private static final int PRIORITY = 100;

  private final long limit;
  private final EarlyAnswers answers;

  @Inject
  RequestHead(
      @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit,
      EarlyAnswers answers) {
    this.limit = limit.asLongValue();
    this.answers = answers;
  }

  void register(@Observes Filters filters) {
    var ignored = filters.register(this::check, PRIORITY);
  }

  private void check(RoutingContext context) {
    Optional<Rejection> rejection = judge(context.request().headers());
    if (rejection.isPresent()) {
      answers.refuse(context, rejection.get());
    } else {
      context.next();
    }
  }

  private Optional<Rejection> judge(MultiMap headers) {
    if (headers.getAll(HttpHeaders.HOST).size() > 1) {
      return refusal(CommonProblem.BAD_REQUEST, "Send one Host.");
    }
    if (headers.contains(HttpHeaders.TRANSFER_ENCODING)) {
      return refusal(CommonProblem.LENGTH_REQUIRED, "Send it with Content-Length.");
    }
    String length = headers.get(HttpHeaders.CONTENT_LENGTH);
    return length == null || length.equals("0") ? Optional.empty() : judgeBody(length, headers);
  }

  private Optional<Rejection> judgeBody(String length, MultiMap headers) {
    if (isTooLong(length)) {
      return refusal(CommonProblem.TOO_LARGE, "At most " + limit + " bytes are read.");
    }
    String coding = headers.get(HttpHeaders.CONTENT_ENCODING);
    if (coding != null && !coding.equalsIgnoreCase("identity")) {
      return refusal(CommonProblem.UNSUPPORTED_MEDIA_TYPE, "Send it without Content-Encoding.");
    }
    String type = headers.get(HttpHeaders.CONTENT_TYPE);
    return type == null || type.isBlank() || type.contains("*")
        ? refusal(CommonProblem.UNSUPPORTED_MEDIA_TYPE, "Send it with Content-Type.")
        : Optional.empty();
  }

  private static Optional<Rejection> refusal(CommonProblem type, String detail) {
    return Optional.of(Rejection.of(type, detail));
  }

  /// More digits than a long has is too long as well.
  private boolean isTooLong(String announced) {
    return announced.matches("\\d+")
        && (announced.length() > 18 || Long.parseLong(announced) > limit);
  }
}
