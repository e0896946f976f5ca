package dev.indelible.ledger.api;

import dev.indelible.kit.problem.Problem;
import dev.indelible.kit.problem.ProblemForm;
import dev.indelible.transparency.cose.ConciseProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;

/// Problems as SCRAPI asks for them: in CBOR (RFC 9290).
@ApplicationScoped
class ScittProblems implements ProblemForm {
  @Override
  public boolean covers(String path) {
    return path.startsWith("/scitt/");
  }

  @Override
  public Response response(Problem problem) {
    ConciseProblem concise =
        new ConciseProblem(problem.title(), detail(problem), problem.type(), problem.code());
    return Response.status(problem.status())
        .type(ConciseProblem.MEDIA_TYPE)
        .entity(concise.bytes())
        .build();
  }

  private static String detail(Problem problem) {
    String trace = problem.traceId();
    return trace == null ? problem.detail() : problem.detail() + " (" + trace + ")";
  }
}
