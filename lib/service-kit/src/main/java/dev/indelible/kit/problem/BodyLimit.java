package dev.indelible.kit.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Answers a body that announces itself as too long, before a byte of it is read. Quarkus would
/// too, but without a word; it still cuts off a body that does not announce its length.
@ApplicationScoped
class BodyLimit {
  /// Earlier than Quarkus' own check, which is at 2.
  private static final int PRIORITY = 100;

  private final long limit;
  private final ProblemAnswers answers;
  private final ObjectMapper mapper;

  @Inject
  BodyLimit(
      @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit,
      ProblemAnswers answers,
      ObjectMapper mapper) {
    this.limit = limit.asLongValue();
    this.answers = answers;
    this.mapper = mapper;
  }

  void register(@Observes Filters filters) {
    var ignored = filters.register(this::check, PRIORITY);
  }

  private void check(RoutingContext context) {
    String announced = context.request().getHeader("Content-Length");
    if (announced != null && isTooLong(announced)) {
      refuse(context);
    } else {
      context.next();
    }
  }

  /// More digits than a long has is too long as well.
  private boolean isTooLong(String announced) {
    return announced.matches("\\d+")
        && (announced.length() > 18 || Long.parseLong(announced) > limit);
  }

  private void refuse(RoutingContext context) {
    Rejection rejection =
        Rejection.of(CommonProblem.TOO_LARGE, "At most " + limit + " bytes are read.");
    Response answer = answers.answer(rejection, context.normalizedPath());
    HttpServerResponse response = context.response().setStatusCode(answer.getStatus());
    response.putHeader("Content-Type", String.valueOf(answer.getMediaType()));
    // The body is still on its way; this connection cannot carry another request.
    response.putHeader("Connection", "close");
    var ignored = response.end(bytes(answer.getEntity()));
  }

  private Buffer bytes(Object entity) {
    try {
      return switch (entity) {
        case byte[] bytes -> Buffer.buffer(bytes);
        case String text -> Buffer.buffer(text);
        default -> Buffer.buffer(mapper.writeValueAsBytes(entity));
      };
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem can be written", e);
    }
  }
}
