package dev.indelible.claims.fhir;

import dev.indelible.kit.problem.Problem;
import dev.indelible.kit.problem.ProblemForm;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/// Below `/fhir`, problems are OperationOutcomes with the same codes.
@ApplicationScoped
class FhirProblems implements ProblemForm {
  private static final String CODES = "https://indelible.dev/problems";

  @Override
  public boolean covers(String path) {
    return path.equals("/fhir") || path.startsWith("/fhir/");
  }

  @Override
  public Response response(Problem problem) {
    String json = Fhir.R4.newJsonParser().encodeResourceToString(outcome(problem));
    return Response.status(problem.status()).type(Fhir.JSON).entity(json).build();
  }

  private static OperationOutcome outcome(Problem problem) {
    OperationOutcome outcome = new OperationOutcome();
    if (problem.violations().isEmpty()) {
      var ignored = issue(outcome, problem).setDiagnostics(diagnostics(problem));
    }
    problem
        .violations()
        .forEach(
            each ->
                issue(outcome, problem)
                    .setDiagnostics(each.field() + ": " + each.message())
                    .addExpression(each.field()));
    return outcome;
  }

  private static OperationOutcome.OperationOutcomeIssueComponent issue(
      OperationOutcome outcome, Problem problem) {
    OperationOutcome.OperationOutcomeIssueComponent issue = outcome.addIssue();
    issue.setSeverity(IssueSeverity.ERROR).setCode(type(problem.status()));
    issue
        .getDetails()
        .setText(problem.title())
        .addCoding()
        .setSystem(CODES)
        .setCode(problem.code());
    return issue;
  }

  private static String diagnostics(Problem problem) {
    String detail = problem.traceId() == null ? problem.detail() : "id " + problem.traceId();
    return problem.members().get("duplicateOf") instanceof Map<?, ?> original
        ? detail + " See Claim/" + original.get("id")
        : detail;
  }

  private static IssueType type(int status) {
    return switch (status) {
      case 400 -> IssueType.INVALID;
      case 401 -> IssueType.LOGIN;
      case 403 -> IssueType.FORBIDDEN;
      case 404 -> IssueType.NOTFOUND;
      case 405, 406, 415 -> IssueType.NOTSUPPORTED;
      case 409 -> IssueType.DUPLICATE;
      case 413 -> IssueType.TOOLONG;
      case 422 -> IssueType.BUSINESSRULE;
      case 429 -> IssueType.THROTTLED;
      case 503 -> IssueType.TRANSIENT;
      default -> IssueType.EXCEPTION;
    };
  }
}
