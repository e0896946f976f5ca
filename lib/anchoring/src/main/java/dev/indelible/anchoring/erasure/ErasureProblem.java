package dev.indelible.anchoring.erasure;

import dev.indelible.kit.problem.ProblemType;

/// Refusals about erasures and holds.
public enum ErasureProblem implements ProblemType {
  /// The reason is missing or is not a code.
  INVALID_CODE("invalid-code", 400, "The reason is not a code"),
  /// A hold keeps the record.
  RECORD_HELD("record-held", 409, "A legal hold keeps this record"),
  /// There is a hold already, or none to release.
  HOLD_CONFLICT("hold-conflict", 409, "The record's hold is not in that state"),
  /// The record was erased.
  RECORD_ERASED("record-erased", 410, "This record was erased");

  private final String code;
  private final int status;
  private final String title;

  ErasureProblem(String code, int status, String title) {
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
