package dev.indelible.ledger.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.indelible.ledger.log.TokenStore.Match;
import dev.indelible.ledger.proof.Receipt;
import dev.indelible.ledger.proof.Receipt.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a submitter learns: only what stays the same however often it asks.
///
/// @param proof a C2SP tlog-proof; absent when the submitter did not want it
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"log", "index", "leafHash", "block", "level", "matches", "proof"})
record AppendAnswer(
    String log,
    long index,
    String leafHash,
    long block,
    Level level,
    List<Match> matches,
    @Nullable String proof) {

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
