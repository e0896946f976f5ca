package dev.indelible.kit.problem;

import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// The one place where exceptions become answers. What is not expected here is a 500 with an id.
/// Public only because the code that Quarkus generates around it may be loaded elsewhere.
public class ProblemMapper {
  private static final Rejection NO_VALID_TOKEN =
      Rejection.of(CommonProblem.UNAUTHENTICATED, "Send a valid token: Authorization: Bearer …");

  private final ProblemAnswers answers;

  @Inject
  ProblemMapper(ProblemAnswers answers) {
    this.answers = answers;
  }

  /// An expected refusal.
  @ServerExceptionMapper
  public Response refused(Rejection rejection, UriInfo uri) {
    return answers.answer(rejection, uri.getPath());
  }

  /// No token.
  @ServerExceptionMapper
  public Response unauthenticated(UnauthorizedException ignored, UriInfo uri) {
    return answers.answer(NO_VALID_TOKEN, uri.getPath());
  }

  /// A token that does not hold. Which of the checks failed is nobody's business; RFC 6750 §3.1 has
  /// one word for all of them.
  @ServerExceptionMapper
  public Response invalidToken(AuthenticationFailedException ignored, UriInfo uri) {
    return answers.challenging(NO_VALID_TOKEN, uri.getPath(), Challenge.INVALID_TOKEN);
  }

  /// A proof that does not hold, of whatever token: a holder's mistake has a word of its own (RFC
  /// 9449 §7.1).
  @ServerExceptionMapper
  public Response invalidProof(InvalidProofException ignored, UriInfo uri) {
    return answers.challenging(NO_VALID_TOKEN, uri.getPath(), Challenge.INVALID_PROOF);
  }

  /// A token that cannot be judged, since the identity provider's keys were never fetched: nothing
  /// is known of the caller, so the answer is neither 401 nor a fault of ours.
  @ServerExceptionMapper
  public Response noIdentityProvider(OIDCException ignored, UriInfo uri) {
    return answers.answer(
        Rejection.of(
            CommonProblem.UNAVAILABLE,
            "The identity provider does not answer, so the token cannot be checked. Try again."),
        uri.getPath());
  }

  /// A token without the role.
  @ServerExceptionMapper
  public Response forbidden(ForbiddenException ignored, UriInfo uri) {
    return answers.answer(
        Rejection.of(CommonProblem.FORBIDDEN, "The token's roles do not allow this."),
        uri.getPath());
  }

  /// What the framework itself refuses.
  @ServerExceptionMapper
  public Response http(WebApplicationException failure, UriInfo uri) {
    int status = failure.getResponse().getStatus();
    if (status < 400) {
      return failure.getResponse();
    }
    CommonProblem type =
        switch (status) {
          case 401 -> CommonProblem.UNAUTHENTICATED;
          case 403 -> CommonProblem.FORBIDDEN;
          case 404 -> CommonProblem.NOT_FOUND;
          case 405 -> CommonProblem.METHOD_NOT_ALLOWED;
          case 406 -> CommonProblem.NOT_ACCEPTABLE;
          case 413 -> CommonProblem.TOO_LARGE;
          case 415 -> CommonProblem.UNSUPPORTED_MEDIA_TYPE;
          case 503 -> CommonProblem.UNAVAILABLE;
          default -> status < 500 ? CommonProblem.BAD_REQUEST : CommonProblem.INTERNAL;
        };
    if (type == CommonProblem.INTERNAL) {
      return answers.internal(failure, uri.getPath());
    }
    return answers.answer(Rejection.of(type, type.title() + "."), uri.getPath());
  }

  /// Our fault.
  @ServerExceptionMapper
  public Response unexpected(Throwable failure, UriInfo uri) {
    return answers.internal(failure, uri.getPath());
  }
}
