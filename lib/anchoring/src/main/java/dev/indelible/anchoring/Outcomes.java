package dev.indelible.anchoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// Stores what became of a statement and tells the service, in the relay's transaction.
@ApplicationScoped
class Outcomes {
  private final ReceiptStore receipts;
  private final RefusalStore refusals;
  private final Issuer issuer;
  private final Event<AnchorMatched> matched;
  private final Event<AnchorRefused> refused;

  @Inject
  Outcomes(
      ReceiptStore receipts,
      RefusalStore refusals,
      Issuer issuer,
      Event<AnchorMatched> matched,
      Event<AnchorRefused> refused) {
    this.receipts = receipts;
    this.refusals = refusals;
    this.issuer = issuer;
    this.matched = matched;
    this.refused = refused;
  }

  void accepted(UUID statementId, Answer.Accepted accepted, VerifiedReceipt receipt) {
    receipts.insert(StoredReceipt.sealed(issuer, statementId, accepted.block(), receipt));
    if (!accepted.matches().isEmpty()) {
      matched.fire(new AnchorMatched(statementId, accepted.matches()));
    }
  }

  void refused(UUID statementId, DuplicateOf original) {
    refusals.insert(StoredRefusal.sealed(issuer, statementId, original));
    refused.fire(new AnchorRefused(statementId, original));
  }

  /// Puts receipts in the place of those that were less.
  ///
  /// @param witnessed each by the stored one that it is better than
  /// @return how many receipts became better
  int raised(Map<StoredReceipt, VerifiedReceipt> witnessed) {
    Map<StoredReceipt, StoredReceipt> sealed = new LinkedHashMap<>();
    witnessed.forEach(
        (old, receipt) ->
            sealed.put(old, StoredReceipt.sealed(issuer, old.statementId(), old.block(), receipt)));
    return receipts.replace(sealed);
  }
}
