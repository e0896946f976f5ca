package dev.indelible.trials;

import dev.indelible.kit.problem.ProblemType;

/// What this service refuses, beyond what every service does.
public enum TrialProblem implements ProblemType {
  /// A protocol breaks a rule.
  INVALID_PROTOCOL("invalid-protocol", 422, "The protocol cannot be registered as it is"),
  /// A registry id is taken.
  DUPLICATE_TRIAL("duplicate-trial", 409, "A trial with this registry id is registered already"),
  /// An amendment breaks a rule.
  INVALID_AMENDMENT("invalid-amendment", 422, "The amendment cannot be accepted as it is"),
  /// Somebody else amended in between.
  VERSION_CONFLICT("version-conflict", 409, "The protocol has been amended in the meantime"),
  /// Results break a rule.
  INVALID_RESULTS("invalid-results", 422, "The results cannot be accepted as they are"),
  /// Results cite a version that this protocol does not have on the ledger.
  UNKNOWN_VERSION("unknown-version", 422, "The results cite a protocol version that is not known"),
  /// A second result set says nothing about why.
  REASON_REQUIRED("reason-required", 422, "A correction needs a reason"),
  /// A registration is public, and nobody may take it back.
  PUBLIC_RECORD("public-record", 409, "A public registration is not erased");

  private final String code;
  private final int status;
  private final String title;

  TrialProblem(String code, int status, String title) {
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
