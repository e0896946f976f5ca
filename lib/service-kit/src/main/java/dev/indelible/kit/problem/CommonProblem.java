package dev.indelible.kit.problem;

/// Refusals that any service may give.
public enum CommonProblem implements ProblemType {
  /// The body is not JSON as we accept it.
  MALFORMED_BODY("malformed-body", 400, "The body cannot be read"),
  /// The body is readable but elements of it are not allowed.
  INVALID_BODY("invalid-body", 400, "The body has elements that are not allowed"),
  /// A parameter or header is wrong.
  BAD_REQUEST("bad-request", 400, "The request cannot be understood"),
  /// No token, or one that does not hold.
  UNAUTHENTICATED("unauthenticated", 401, "A valid access token is required"),
  /// The token lacks the role.
  FORBIDDEN("forbidden", 403, "The access token does not allow this"),
  /// The machine was not granted the scope.
  INSUFFICIENT_SCOPE("insufficient-scope", 403, "The access token was not granted the scope"),
  /// The token does not name exactly one organisation.
  NO_ORGANISATION("no-organisation", 403, "The access token does not name one organisation"),
  /// Nothing here, or nothing that the caller may know of.
  NOT_FOUND("not-found", 404, "There is nothing here"),
  /// The method is not offered here.
  METHOD_NOT_ALLOWED("method-not-allowed", 405, "The method is not offered here"),
  /// None of the media types that the caller accepts is offered.
  NOT_ACCEPTABLE("not-acceptable", 406, "No accepted media type is offered"),
  /// The body is longer than the limit.
  TOO_LARGE("body-too-large", 413, "The body is too large"),
  /// The body's media type is not read here.
  UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "The media type is not read here"),
  /// More requests than one caller may make.
  TOO_MANY_REQUESTS("too-many-requests", 429, "The quota of requests is used up"),
  /// A part that is needed does not answer at the moment.
  UNAVAILABLE("unavailable", 503, "Not available at the moment"),
  /// Our fault.
  INTERNAL("internal-error", 500, "Something went wrong on our side");

  private final String code;
  private final int status;
  private final String title;

  CommonProblem(String code, int status, String title) {
    this.code = code;
    this.status = status;
    this.title = title;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String title() {
    return title;
  }
}
