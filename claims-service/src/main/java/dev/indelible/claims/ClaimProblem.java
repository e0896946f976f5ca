package dev.indelible.claims;

import dev.indelible.kit.problem.ProblemType;
import dev.indelible.kit.problem.Rejection;

/// Refusals that only the claims-service gives.
public enum ClaimProblem implements ProblemType {
  /// Elements of the claim are missing or not allowed.
  INVALID_CLAIM("invalid-claim", 400, "The claim has elements that are not allowed"),
  /// The insurer has this very claim already.
  DUPLICATE_CLAIM("duplicate-claim", 409, "This claim was submitted before"),
  /// The idempotency key came with another body before.
  KEY_REUSED("idempotency-key-reused", 422, "The idempotency key belongs to another request"),
  /// The first adjudication was done.
  ALREADY_DECIDED("already-decided", 409, "This claim was adjudicated before"),
  /// What is to be approved is not what the claim waits for.
  NOT_PROPOSED("not-proposed", 409, "The claim's latest decision is not this proposal"),
  /// Two people decide, and this is one of them again (asvs-5.0 2.3.5).
  SECOND_PERSON_NEEDED("second-person-needed", 403, "Somebody else has to approve this"),
  /// A signature shows who signed (21 CFR 11.50), and the realm has no name for the signer.
  NO_PRINTED_NAME("no-printed-name", 403, "The realm does not know the signer's name"),
  /// The claim is held by an alert, and the decision does not say that it overrides it.
  HELD_BY_ALERT("held-by-alert", 409, "A possible duplicate holds this claim"),
  /// The entry is not in the log yet.
  NO_RECEIPT_YET("no-receipt-yet", 404, "There is no receipt yet"),
  /// The log refused the claim, so there is nothing to decide.
  CLAIM_REFUSED("claim-refused", 409, "The ledger refused this claim as a duplicate"),
  /// The code never was one, was used, or has expired; which of these is nobody's business.
  INVALID_INVITATION("invalid-invitation", 422, "The code opens nothing"),
  /// Codes were tried too often (RFC 6585 §4).
  TOO_MANY_ATTEMPTS("too-many-attempts", 429, "Too many codes were tried"),
  /// The patient has said as much about one insurer's claims and one recipient as is weighed.
  TOO_MANY_GRANTS("too-many-grants", 409, "There are too many grants");

  private final String code;
  private final int status;
  private final String title;

  ClaimProblem(String code, int status, String title) {
    this.code = code;
    this.status = status;
    this.title = title;
  }

  /// The refusal while an entry waits.
  public static Rejection noReceiptYet() {
    return Rejection.of(NO_RECEIPT_YET, "The entry waits for the ledger.");
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
