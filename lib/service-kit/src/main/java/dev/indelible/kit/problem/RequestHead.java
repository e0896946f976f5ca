package dev.indelible.kit.problem;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Judges a request by its head, before a byte of its body is read.
///
/// A body that is too long Quarkus would refuse too, but without a word. One in chunks may have
/// come with `Content-Length` beside it, which Netty hides: then two readers see two bodies, so the
/// connection ends with the answer (RFC 9112 §6.1) and nothing behind it is taken for a request. A
/// packed one is not unpacked. One without a media type would be taken for whatever the endpoint
/// reads.
@ApplicationScoped
class RequestHead {
  /// Earlier than Quarkus' own check, which is at 2.
  private static final int PRIORITY = 100;

  private final long limit;
  private final EarlyAnswers answers;

  @Inject
  RequestHead(
      @ConfigProperty(name = "indelible.http.max-body-size") MemorySize limit,
      EarlyAnswers answers) {
    this.limit = limit.asLongValue();
    this.answers = answers;
  }

  void register(@Observes Filters filters) {
    var ignored = filters.register(this::check, PRIORITY);
  }

  private void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    Optional<Rejection> rejection = judge(request.headers(), request.version());
    if (rejection.isPresent()) {
      answers.refuse(context, rejection.get());
      return;
    }
    if (request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
      var _ = context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      var _ = context.addEndHandler(answered -> request.connection().close());
    }
    context.next();
  }

  private Optional<Rejection> judge(MultiMap headers, HttpVersion version) {
    if (headers.getAll(HttpHeaders.HOST).size() > 1) {
      return refusal(CommonProblem.BAD_REQUEST, "Send one Host.");
    }
    List<String> codings = headers.getAll(HttpHeaders.TRANSFER_ENCODING);
    if (!codings.isEmpty()) {
      return codings.size() == 1
              && codings.getFirst().equalsIgnoreCase("chunked")
              && version == HttpVersion.HTTP_1_1
          ? judgeForm(headers)
          : refusal(CommonProblem.BAD_REQUEST, "Of transfer codings, chunked is understood.");
    }
    String length = headers.get(HttpHeaders.CONTENT_LENGTH);
    if (length == null || length.equals("0")) {
      return Optional.empty();
    }
    return isTooLong(length) ? Optional.of(BodyLimit.tooLarge(limit)) : judgeForm(headers);
  }

  private static Optional<Rejection> judgeForm(MultiMap headers) {
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
