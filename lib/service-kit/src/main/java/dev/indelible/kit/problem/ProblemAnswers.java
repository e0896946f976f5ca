package dev.indelible.kit.problem;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/// Turns refusals into answers, in the form that the path asks for.
@ApplicationScoped
class ProblemAnswers {
  private static final Logger LOG = Logger.getLogger(ProblemAnswers.class);

  private final List<ProblemForm> forms;

  @Inject
  ProblemAnswers(@All List<ProblemForm> forms) {
    this.forms = forms;
  }

  Response answer(Rejection rejection, String path) {
    return answer(Problem.of(rejection, traceId()), path);
  }

  /// Says an id and nothing else: what went wrong is for our own logs.
  Response internal(Throwable failure, String path) {
    String trace = traceId();
    String id = trace == null ? UUID.randomUUID().toString() : trace;
    LOG.errorf(failure, "internal error %s at %s", id, path);
    Rejection rejection = Rejection.of(CommonProblem.INTERNAL, "Quote the id when you report it.");
    return answer(Problem.of(rejection, id), path);
  }

  private Response answer(Problem problem, String path) {
    Response response =
        forms.stream()
            .filter(form -> form.covers(path))
            .findFirst()
            .map(form -> form.response(problem))
            .orElseGet(() -> plain(problem));
    return problem.status() == 401 ? challenged(response) : response;
  }

  private static Response plain(Problem problem) {
    return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem).build();
  }

  /// A 401 names its scheme (RFC 9110 §11.6.1).
  private static Response challenged(Response response) {
    return Response.fromResponse(response).header(HttpHeaders.WWW_AUTHENTICATE, "Bearer").build();
  }

  /// The trace that OpenTelemetry, where a service has it, puts into every log line.
  private static @Nullable String traceId() {
    return MDC.get("traceId") instanceof String id && !id.isEmpty() ? id : null;
  }
}
