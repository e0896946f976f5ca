package dev.indelible.kit.problem;

import jakarta.ws.rs.core.Response;

/// Another way to say a problem, where a standard asks for one (FHIR's OperationOutcome). A service
/// that has one implements this as a CDI bean.
public interface ProblemForm {
  /// Whether answers below this request path, such as `/fhir/Claim`, take this form.
  boolean covers(String path);

  /// The whole answer, status included.
  Response response(Problem problem);
}
