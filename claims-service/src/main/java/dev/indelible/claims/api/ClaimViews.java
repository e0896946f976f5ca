package dev.indelible.claims.api;

import dev.indelible.anchoring.AnchorState;
import dev.indelible.anchoring.AnchorStatus;
import dev.indelible.anchoring.Anchors;
import dev.indelible.claims.adjudication.Decisions;
import dev.indelible.claims.matching.MatchAlerts;
import dev.indelible.claims.submission.FiledClaim;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/// Puts together what is known of a claim.
@ApplicationScoped
class ClaimViews {
  private final Anchors anchors;
  private final Decisions decisions;
  private final MatchAlerts alerts;

  @Inject
  ClaimViews(Anchors anchors, Decisions decisions, MatchAlerts alerts) {
    this.anchors = anchors;
    this.decisions = decisions;
    this.alerts = alerts;
  }

  ClaimView of(FiledClaim claim) {
    AnchorState anchor = anchors.state(claim.id());
    long matches = alerts.count(claim.id());
    return ClaimView.of(claim, state(claim, anchor, matches), anchor, matches);
  }

  MemberClaimView forMember(FiledClaim claim) {
    AnchorState anchor = anchors.state(claim.id());
    return MemberClaimView.of(claim, state(claim, anchor, 0), anchor);
  }

  private String state(FiledClaim claim, AnchorState anchor, long matches) {
    if (anchor.status() == AnchorStatus.REFUSED) {
      return "refused";
    }
    return decisions.outcome(claim).orElse(matches > 0 ? "held" : "submitted");
  }
}
