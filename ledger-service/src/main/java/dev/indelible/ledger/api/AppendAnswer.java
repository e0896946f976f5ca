package dev.indelible.ledger.api;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.indelible.ledger.log.TokenStore.Match;
import dev.indelible.ledger.proof.Receipt;
import dev.indelible.ledger.proof.Receipt.Level;
import java.util.List;

/// What a submitter learns: only what stays the same however often it asks.
@JsonPropertyOrder({"log", "index", "leafHash", "block", "level", "matches", "proof"})
record AppendAnswer(
    String log,
    long index,
    String leafHash,
    long block,
    Level level,
    List<Match> matches,
    String proof) {

  static AppendAnswer of(Receipt receipt, List<Match> matches) {
    return new AppendAnswer(
        receipt.log(),
        receipt.index(),
        receipt.leafHash(),
        receipt.block(),
        receipt.level(),
        matches,
        receipt.proof());
  }
}
