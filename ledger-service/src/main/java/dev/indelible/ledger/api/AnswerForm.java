package dev.indelible.ledger.api;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.block.SealedBlock;
import dev.indelible.ledger.log.Placement.Sequenced;
import dev.indelible.ledger.proof.Receipt.Level;
import jakarta.ws.rs.core.Response;

/// How the answer to one submission is written down.
interface AnswerForm {
  /// The entry is in a block.
  ///
  /// @param block the newest block; the entry's own, if it was not there before
  /// @param level what has been reached
  Response created(Log log, Sequenced placement, SealedBlock block, Level level);

  /// Durable, and not yet what was asked for.
  Response accepted(Log log, Sequenced placement);
}
