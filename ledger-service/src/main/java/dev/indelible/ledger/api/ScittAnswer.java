package dev.indelible.ledger.api;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.block.SealedBlock;
import dev.indelible.ledger.log.Placement.Sequenced;
import dev.indelible.ledger.proof.CoseReceipts;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.cose.CoseReceipt;
import dev.indelible.transparency.note.KeyAlgorithm;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Base64;
import java.util.Optional;

/// The answer to a registration as SCRAPI has it (draft-ietf-scitt-scrapi-11): 201 with the
/// receipt, or 202, and either way where the receipt is. The draft knows no other success, so a
/// statement that is registered already gets its 201 and its receipt again.
///
/// @param receipts makes receipts of entries that an earlier block holds
/// @param leafHash of the statement
/// @param algorithm under which of the log's keys
record ScittAnswer(CoseReceipts receipts, Hash leafHash, KeyAlgorithm algorithm)
    implements AnswerForm {

  @Override
  public Response created(
      Log log, Sequenced placement, SealedBlock block, Optional<SealedBlock> witnessed) {
    long index = placement.index();
    CoseReceipt receipt =
        block.proves(index)
            ? CoseReceipts.of(log, block.block(), block.receipt(index).proof(), algorithm)
            : receipts.find(log, index, algorithm);
    return Response.status(Status.CREATED)
        .type(EntriesResource.COSE)
        .header(HttpHeaders.LOCATION, path(log))
        .entity(receipt.bytes())
        .build();
  }

  @Override
  public Response accepted(Log log, Sequenced placement) {
    return Response.status(Status.ACCEPTED)
        .header(HttpHeaders.LOCATION, path(log))
        .header(HttpHeaders.RETRY_AFTER, 1)
        .build();
  }

  /// The identifier of an entry is its leaf hash, which is known before it is in a block.
  private String path(Log log) {
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(leafHash.bytes());
    return "/scitt/" + log.name() + "/entries/" + id;
  }
}
