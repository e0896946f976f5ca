package dev.indelible.claims.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.indelible.anchoring.AnchorState;
import dev.indelible.claims.ClaimSubmission;
import dev.indelible.claims.submission.FiledClaim;

/// A claim as whoever is not its insurer reads it: whose it is, what was submitted, how it was
/// decided. That an alert holds it is between insurers.
///
/// @param insurer alias of the organisation
/// @param state `submitted`, the outcome of the latest decision, or `refused` by the ledger
/// @param claim what was submitted
@JsonInclude(JsonInclude.Include.NON_NULL)
record MemberClaimView(
    String id,
    String insurer,
    String submittedAt,
    String state,
    AnchorState anchor,
    ClaimSubmission claim) {

  static MemberClaimView of(FiledClaim claim, String state, AnchorState anchor) {
    return new MemberClaimView(
        claim.id().toString(),
        claim.organisation(),
        claim.submittedAt(),
        state,
        anchor,
        claim.content());
  }
}
