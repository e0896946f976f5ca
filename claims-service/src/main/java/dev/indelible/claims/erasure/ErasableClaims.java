package dev.indelible.claims.erasure;

import dev.indelible.anchoring.erasure.ErasableRecords;
import dev.indelible.anchoring.erasure.RecordKey;
import dev.indelible.claims.access.Glasses;
import dev.indelible.claims.adjudication.Decisions;
import dev.indelible.claims.consent.ConsentDecisions;
import dev.indelible.claims.duplicate.ExactKeys;
import dev.indelible.claims.matching.MatchAlerts;
import dev.indelible.claims.submission.Claims;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Everywhere a claim leaves traces: the claim and the decisions on it, why the glass before it was
/// broken, alerts on either side, the key by which its exact duplicate is found, and the digest of
/// the body it came in, which whoever has all values but one could try out. Who saw it stays: that
/// says nothing of the claim but an id that leads nowhere then.
@ApplicationScoped
class ErasableClaims implements ErasableRecords {
  private final Claims claims;
  private final Decisions decisions;
  private final MatchAlerts alerts;
  private final ExactKeys exactKeys;
  private final Glasses glasses;
  private final ConsentDecisions consentDecisions;

  @Inject
  ErasableClaims(
      Claims claims,
      Decisions decisions,
      MatchAlerts alerts,
      ExactKeys exactKeys,
      Glasses glasses,
      ConsentDecisions consentDecisions) {
    this.claims = claims;
    this.decisions = decisions;
    this.alerts = alerts;
    this.exactKeys = exactKeys;
    this.glasses = glasses;
    this.consentDecisions = consentDecisions;
  }

  @Override
  public List<UUID> delete(RecordKey record) {
    // Whoever decides the claim at this moment finishes first, and its decision goes too.
    claims.lock(record.row());
    List<UUID> statements = new ArrayList<>(decisions.delete(record.row()));
    statements.addAll(glasses.delete(record.row()));
    alerts.delete(record.row());
    exactKeys.delete(record.row());
    consentDecisions.delete(record.row());
    claims.delete(record.row());
    statements.add(record.row());
    return statements;
  }
}
