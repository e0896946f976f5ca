package dev.indelible.claims.submission;

import dev.indelible.claims.ClaimSubmission;
import dev.indelible.claims.Member;
import java.util.UUID;

/// A claim that is stored.
///
/// @param id primary key of its row
/// @param record shared by the claim and all decisions on it
/// @param organisation the insurer
/// @param submittedAt RFC 3339
/// @param content what was submitted
public record FiledClaim(
    UUID id, UUID record, String organisation, String submittedAt, ClaimSubmission content) {

  /// Whom the claim is about.
  public Member member() {
    return new Member(organisation, content.member().system(), content.member().value());
  }
}
