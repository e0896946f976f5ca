package dev.indelible.claims.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.indelible.anchoring.AnchorState;
import dev.indelible.claims.ClaimSubmission;
import dev.indelible.claims.submission.FiledClaim;

/// A claim as its insurer reads it.
///
/// @param state `submitted`, `held` by an alert, the outcome of the latest decision, or `refused`
///   by the ledger; derived, stored nowhere
/// @param alerts how many services of the claim an alert found elsewhere
/// @param claim what was submitted
@JsonInclude(JsonInclude.Include.NON_NULL)
record ClaimView(
    String id,
    String record,
    String submittedAt,
    String state,
    AnchorState anchor,
    long alerts,
    ClaimSubmission claim) {

  static ClaimView of(FiledClaim claim, String state, AnchorState anchor, long alerts) {
    return new ClaimView(
        claim.id().toString(),
        claim.record().toString(),
        claim.submittedAt(),
        state,
        anchor,
        alerts,
        claim.content());
  }
}
