package dev.indelible.ledger.api;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.block.SealedBlock;
import dev.indelible.ledger.log.Placement.Sequenced;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/// How the answer to one submission is written down.
interface AnswerForm {
  /// The entry is in a block.
  ///
  /// @param block the newest block; the entry's own, if it was not there before
  /// @param witnessed the block under whose checkpoint it is witnessed, if that was asked for
  Response created(
      Log log, Sequenced placement, SealedBlock block, Optional<SealedBlock> witnessed);

  /// Durable, and not yet what was asked for.
  Response accepted(Log log, Sequenced placement);
}
