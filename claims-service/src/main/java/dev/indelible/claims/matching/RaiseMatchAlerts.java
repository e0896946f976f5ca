package dev.indelible.claims.matching;

import dev.indelible.anchoring.AnchorMatched;
import dev.indelible.anchoring.Match;
import dev.indelible.claims.Moment;
import dev.indelible.claims.duplicate.BilledService;
import dev.indelible.claims.submission.Claims;
import dev.indelible.claims.submission.FiledClaim;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.SequencedSet;

/// Turns the ledger's word that two entries match into an alert for each side, in the transaction
/// that stores the receipt: no receipt without its alerts.
@ApplicationScoped
class RaiseMatchAlerts {
  private final Claims claims;
  private final MatchAlerts alerts;
  private final Clock clock;

  @Inject
  RaiseMatchAlerts(Claims claims, MatchAlerts alerts, Clock clock) {
    this.claims = claims;
    this.alerts = alerts;
    this.clock = clock;
  }

  void on(@Observes AnchorMatched matched) {
    claims.find(matched.statementId()).ifPresent(claim -> raise(claim, matched));
  }

  private void raise(FiledClaim claim, AnchorMatched matched) {
    matched.matches().stream()
        .map(Match::record)
        .distinct()
        .forEach(record -> claims.findByRecord(record).ifPresent(other -> raise(claim, other)));
  }

  /// The ledger knows digests only, so which fields match is found out here, from both claims.
  private void raise(FiledClaim claim, FiledClaim other) {
    if (claim.id().equals(other.id())) {
      return;
    }
    String at = Moment.text(clock.instant());
    SequencedSet<BilledService> services = BilledService.of(claim.content(), claim.organisation());
    services.retainAll(BilledService.of(other.content(), other.organisation()));
    for (BilledService service : services) {
      alerts.raise(claim, other, service, at);
      alerts.raise(other, claim, service, at);
    }
  }
}
