package dev.indelible.claims.access;

import dev.indelible.kit.problem.ProblemType;

/// Refusals about seeing claims.
public enum AccessProblem implements ProblemType {
  /// The header `Purpose-Of-Use` says something that is no purpose, or says it twice.
  INVALID_PURPOSE("invalid-purpose", 400, "This is no purpose of use"),
  /// The glass is to be broken without a reason, or for none that there is.
  INVALID_REASON("invalid-reason", 400, "This is no reason to break the glass"),
  /// A review finds nothing that there is to find.
  INVALID_FINDING("invalid-finding", 400, "This is no finding of a review"),
  /// Who broke the glass wants to review it.
  OWN_GLASS("own-glass", 409, "Nobody reviews what they did themselves"),
  /// It was reviewed.
  REVIEWED_BEFORE("reviewed-before", 409, "This was reviewed before");

  private final String code;
  private final int status;
  private final String title;

  AccessProblem(String code, int status, String title) {
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
