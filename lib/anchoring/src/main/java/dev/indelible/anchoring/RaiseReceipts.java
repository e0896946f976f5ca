package dev.indelible.anchoring;

import dev.indelible.anchoring.RelayState.Alarm;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.VerificationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/// Replaces receipts of the level `included` by witnessed ones, once a quorum has cosigned.
@ApplicationScoped
class RaiseReceipts {
  private static final int BATCH = 64;

  private final OutboxStore outbox;
  private final StatementStore statements;
  private final ReceiptStore receipts;
  private final LedgerClient ledger;
  private final ReceiptJudge judge;
  private final Issuer issuer;
  private final Outcomes outcomes;
  private final RelayState state;

  @Inject
  RaiseReceipts(
      OutboxStore outbox,
      StatementStore statements,
      ReceiptStore receipts,
      LedgerClient ledger,
      ReceiptJudge judge,
      Issuer issuer,
      Outcomes outcomes,
      RelayState state) {
    this.outbox = outbox;
    this.statements = statements;
    this.receipts = receipts;
    this.ledger = ledger;
    this.judge = judge;
    this.issuer = issuer;
    this.outcomes = outcomes;
    this.state = state;
  }

  /// Whether there may be more to raise at once. Witnesses cosign in the log's order, so behind a
  /// leaf that is not witnessed none is.
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  boolean oldest() {
    if (!outbox.tryLock()) {
      return false;
    }
    List<StoredReceipt> waiting = receipts.notWitnessed(BATCH);
    boolean raised = false;
    for (StoredReceipt receipt : waiting) {
      Optional<StoredStatement> statement = statements.find(receipt.statementId());
      // What was edited is left for the audit to find; a new proof would cover the traces.
      if (statement.isEmpty() || !receipt.changed(issuer).isEmpty()) {
        continue;
      }
      if (!raise(receipt, Hash.leaf(statement.get().entry().toArray()))) {
        return false;
      }
      raised = true;
    }
    return raised && waiting.size() == BATCH;
  }

  private boolean raise(StoredReceipt old, Hash leafHash) {
    try {
      VerifiedReceipt receipt =
          judge.receipt(leafHash, old.leafIndex(), ledger.tlogProof(old.leafIndex()));
      state.clear(Alarm.BAD_RAISE);
      if (receipt.witnessed()) {
        outcomes.raised(old, receipt);
      }
      return receipt.witnessed();
    } catch (LedgerUnavailableException e) {
      return false;
    } catch (VerificationException e) {
      state.raise(Alarm.BAD_RAISE, "leaf " + old.leafIndex() + ": " + e.getMessage());
      return false;
    }
  }
}
