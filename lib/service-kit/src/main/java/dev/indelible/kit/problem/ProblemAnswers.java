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

  /// A 401 always names its schemes, and a scope that is lacking is named.
  Response answer(Rejection rejection, String path) {
    Response response = answer(Problem.of(rejection, traceId()), path);
    if (rejection.type() == CommonProblem.UNAUTHENTICATED) {
      return with(response, Challenge.NONE);
    }
    if (rejection.type().challenge().isPresent()) {
      return with(response, rejection.type().challenge().get());
    }
    Object scope = rejection.members().get("scope");
    return rejection.type() == CommonProblem.INSUFFICIENT_SCOPE && scope != null
        ? with(response, Challenge.insufficientScope(scope))
        : response;
  }

  Response challenging(Rejection rejection, String path, String challenge) {
    return with(answer(Problem.of(rejection, traceId()), path), challenge);
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
    return forms.stream()
        .filter(form -> form.covers(path))
        .findFirst()
        .map(form -> form.response(problem))
        .orElseGet(() -> plain(problem));
  }

  private static Response plain(Problem problem) {
    return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem).build();
  }

  private static Response with(Response response, String challenge) {
    return Response.fromResponse(response).header(HttpHeaders.WWW_AUTHENTICATE, challenge).build();
  }

  /// The trace that OpenTelemetry, where a service has it, puts into every log line.
  private static @Nullable String traceId() {
    return MDC.get("traceId") instanceof String id && !id.isEmpty() ? id : null;
  }
}
