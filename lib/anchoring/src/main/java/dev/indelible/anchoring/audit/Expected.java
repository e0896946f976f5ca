package dev.indelible.anchoring.audit;

import dev.indelible.anchoring.AnchoredRow;
import dev.indelible.anchoring.DuplicateOf;
import dev.indelible.anchoring.StoredReceipt;
import dev.indelible.anchoring.StoredRefusal;
import dev.indelible.anchoring.StoredStatement;
import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.receipt.TlogProof;
import java.util.Optional;
import java.util.UUID;

/// What the log has to say about one statement, if our rows are right.
///
/// @param id the statement
/// @param leafHash its leaf
/// @param index where the leaf has to be, by its receipt
/// @param head the tree head that the log signed in the receipt
/// @param accountedFor whether there is a receipt, a refusal or an outbox row
/// @param original which entry was there first, by its refusal
record Expected(
    UUID id,
    Hash leafHash,
    Optional<Long> index,
    Optional<TreeHead> head,
    boolean accountedFor,
    Optional<DuplicateOf> original) {
  /// @param sound whether receipt and refusal were found unedited
  static Expected of(AnchoredRow row, StoredStatement statement, boolean sound) {
    Optional<StoredReceipt> receipt = Optional.ofNullable(row.receipt()).filter(r -> sound);
    return new Expected(
        row.id(),
        Hash.leaf(statement.entry().toArray()),
        receipt.map(StoredReceipt::leafIndex),
        receipt.map(Expected::head),
        row.isAccountedFor(),
        Optional.ofNullable(row.refusal()).filter(r -> sound).map(StoredRefusal::original));
  }

  private static TreeHead head(StoredReceipt receipt) {
    return Checkpoint.parse(TlogProof.parse(receipt.proof()).checkpoint().text()).head();
  }
}
