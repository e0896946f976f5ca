package dev.indelible.ledger.api;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.block.SealedBlock;
import dev.indelible.ledger.log.Placement.Sequenced;
import dev.indelible.ledger.log.TokenStore;
import dev.indelible.ledger.log.TokenStore.Match;
import dev.indelible.ledger.proof.Receipt;
import dev.indelible.ledger.proof.Receipt.Level;
import dev.indelible.ledger.proof.Receipts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Optional;

/// The answer to an append of ours. A first submission is answered from the block that was just
/// sealed, a retry from the rows; both get the same bytes.
@ApplicationScoped
class JsonAnswer implements AnswerForm {
  private final Transactions transactions;
  private final Receipts receipts;

  JsonAnswer(Transactions transactions, Receipts receipts) {
    this.transactions = transactions;
    this.receipts = receipts;
  }

  @Override
  public Response created(
      Log log, Sequenced placement, SealedBlock block, Optional<SealedBlock> witnessed) {
    Receipt receipt = receipt(log, placement.index(), block, witnessed);
    return response(log, placement)
        .entity(AppendAnswer.of(receipt, matches(log, placement)))
        .build();
  }

  /// The same without the proof.
  AnswerForm minimal() {
    return new AnswerForm() {
      @Override
      public Response created(
          Log log, Sequenced placement, SealedBlock block, Optional<SealedBlock> witnessed) {
        if (!block.proves(placement.index())) {
          return JsonAnswer.this.created(log, placement, block, witnessed);
        }
        String leafHash = block.leafHash(placement.index()).toBase64();
        return response(log, placement)
            .header("Preference-Applied", "return=minimal")
            .entity(
                new AppendAnswer(
                    log.name(),
                    placement.index(),
                    leafHash,
                    block.block().number(),
                    level(witnessed),
                    matches(log, placement),
                    null))
            .build();
      }

      @Override
      public Response accepted(Log log, Sequenced placement) {
        return JsonAnswer.this.accepted(log, placement);
      }
    };
  }

  private static Response.ResponseBuilder response(Log log, Sequenced placement) {
    return Response.status(placement.isNew() ? Status.CREATED : Status.OK)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.LOCATION, SingleAnswer.path(log, placement.index()));
  }

  private List<Match> matches(Log log, Sequenced placement) {
    return placement.mayMatch()
        ? transactions.read(
            connection -> TokenStore.matches(connection, log.name(), placement.index()))
        : List.of();
  }

  private static Level level(Optional<SealedBlock> witnessed) {
    return witnessed.isPresent() ? Level.witnessed : Level.included;
  }

  /// The receipt of a leaf.
  ///
  /// @param block the newest block; the leaf's own, if it was not there before
  Receipt receipt(Log log, long index, SealedBlock block, Optional<SealedBlock> witnessed) {
    SealedBlock shown = witnessed.orElse(block);
    if (block.proves(index) && shown.proves(index)) {
      return new Receipt(
          log.name(),
          log.origin(),
          index,
          block.leafHash(index).toBase64(),
          block.block().number(),
          level(witnessed),
          shown.receipt(index).print());
    }
    return witnessed.isPresent()
        ? receipts.best(log, index).orElseThrow()
        : transactions.read(connection -> Receipts.included(connection, log, index).orElseThrow());
  }

  /// The body of a 202.
  record Accepted(String log, long index, Level level, String receipt) {}

  @Override
  public Response accepted(Log log, Sequenced placement) {
    String receipt = SingleAnswer.path(log, placement.index());
    return Response.status(Status.ACCEPTED)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.LOCATION, receipt)
        .header(HttpHeaders.RETRY_AFTER, 1)
        .entity(new Accepted(log.name(), placement.index(), Level.sequenced, receipt))
        .build();
  }
}
