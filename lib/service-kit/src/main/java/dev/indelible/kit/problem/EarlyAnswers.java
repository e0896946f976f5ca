package dev.indelible.kit.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.time.Duration;

/// Answers requests that do not come as far as an endpoint.
@ApplicationScoped
class EarlyAnswers {
  private static final Duration LINGER = Duration.ofSeconds(1);

  private final ProblemAnswers answers;
  private final ObjectMapper mapper;

  @Inject
  EarlyAnswers(ProblemAnswers answers, ObjectMapper mapper) {
    this.answers = answers;
    this.mapper = mapper;
  }

  /// What is not HTTP as Vert.x reads it, such as a request without `Host`.
  void register(@Observes Router router) {
    var ignored = router.route().order(Integer.MIN_VALUE).failureHandler(this::badRequest);
  }

  private void badRequest(RoutingContext context) {
    if (context.statusCode() == 400 && !context.response().headWritten()) {
      refuse(context, Rejection.of(CommonProblem.BAD_REQUEST, "It is not a valid HTTP request."));
    } else {
      context.next();
    }
  }

  /// Refuses a request whose body may still be on its way: it is thrown away for a moment, so that
  /// the client comes to read the answer, and then the connection ends. The answer is not ended
  /// before, or what came behind the body would be taken for the next request.
  void refuse(RoutingContext context, Rejection rejection) {
    Response answer = answers.answer(rejection, context.normalizedPath());
    Buffer body = bytes(answer.getEntity());
    HttpServerResponse response = context.response().setStatusCode(answer.getStatus());
    response.putHeader("Content-Type", String.valueOf(answer.getMediaType()));
    response.putHeader("Content-Length", Integer.toString(body.length()));
    response.putHeader("Connection", "close");
    // Where answers are compressed, this one would lack its end.
    response.putHeader("Content-Encoding", "identity");
    HttpServerRequest request = context.request().handler(thrownAway -> {}).resume();
    var _ = response.write(body);
    var _ = context.vertx().setTimer(LINGER.toMillis(), id -> request.connection().close());
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
