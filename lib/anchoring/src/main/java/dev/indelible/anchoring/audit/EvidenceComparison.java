package dev.indelible.anchoring.audit;

import dev.indelible.anchoring.AnchoredRow;
import dev.indelible.anchoring.Issuer;
import dev.indelible.anchoring.ReceiptJudge;
import dev.indelible.anchoring.StoredReceipt;
import dev.indelible.anchoring.StoredRefusal;
import dev.indelible.anchoring.StoredStatement;
import dev.indelible.anchoring.StoredWaiting;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.VerificationException;
import java.util.ArrayList;
import java.util.List;

/// Checks the rows beside a statement: receipt, refusal, outbox.
final class EvidenceComparison {
  private final Issuer issuer;
  private final ReceiptJudge judge;

  EvidenceComparison(Issuer issuer, ReceiptJudge judge) {
    this.issuer = issuer;
    this.judge = judge;
  }

  List<Finding> of(AnchoredRow row) {
    List<Finding> findings = new ArrayList<>();
    StoredReceipt receipt = row.receipt();
    StoredRefusal refusal = row.refusal();
    StoredWaiting waiting = row.waiting();
    StoredStatement statement = row.statement();
    if (receipt != null) {
      findings.addAll(edits("receipt", row, receipt.changed(issuer)));
    }
    if (refusal != null) {
      findings.addAll(edits("refusal", row, refusal.changed(issuer)));
    }
    if (waiting != null && statement != null) {
      Hash leafHash = Hash.leaf(statement.entry().toArray());
      List<String> changed = waiting.changed(issuer, leafHash);
      findings.addAll(
          edits("outbox", row, changed.stream().filter(c -> !c.equals("entry")).toList()));
      if (changed.contains("entry")) {
        findings.add(Finding.column(Finding.STATEMENTS, row.id(), "entry", "was not enqueued so"));
      }
    }
    if (findings.isEmpty() && receipt != null && statement != null) {
      findings.addAll(receipt(statement, receipt));
    }
    return findings;
  }

  /// A row as this service wrote it, which it did only after its policy accepted the receipt: when
  /// the policy does not any more, it is the entry or the policy that changed.
  private List<Finding> receipt(StoredStatement statement, StoredReceipt receipt) {
    if (StatementComparison.entry(statement, issuer).isEmpty()) {
      return List.of();
    }
    try {
      var accepted =
          judge.receipt(
              Hash.leaf(statement.entry().toArray()), receipt.leafIndex(), receipt.proof());
      return accepted.proof().print().equals(receipt.proof())
          ? List.of()
          : List.of(Finding.column("receipt", statement.id(), "proof", "is not in its one form"));
    } catch (VerificationException e) {
      String message = "does not hold: " + e.reason() + ", " + e.getMessage();
      return List.of(Finding.column("receipt", statement.id(), "proof", message));
    }
  }

  private static List<Finding> edits(String table, AnchoredRow row, List<String> columns) {
    return columns.stream()
        .map(column -> Finding.column(table, row.id(), column, "is not what the service wrote"))
        .toList();
  }
}
