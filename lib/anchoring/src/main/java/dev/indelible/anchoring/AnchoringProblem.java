package dev.indelible.anchoring;

import dev.indelible.kit.problem.ProblemType;

/// Refusals about anchored statements.
public enum AnchoringProblem implements ProblemType {
  /// The receipt is not there yet.
  NOT_ANCHORED_YET("not-anchored-yet", 404, "The statement has no receipt yet"),
  /// The seed was erased: nothing can be disclosed any more.
  OPENING_ERASED("opening-erased", 410, "The statement's opening has been erased");

  private final String code;
  private final int status;
  private final String title;

  AnchoringProblem(String code, int status, String title) {
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
