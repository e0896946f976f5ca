package dev.indelible.ledger.api;

import dev.indelible.kit.problem.Rejection;
import dev.indelible.ledger.LedgerProblem;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.api.ToWriter.LostWriterException;
import dev.indelible.ledger.api.ToWriter.Waiting;
import dev.indelible.ledger.block.SealedBlock;
import dev.indelible.ledger.block.WitnessedBlocks;
import dev.indelible.ledger.log.EntryStore;
import dev.indelible.ledger.log.Placement;
import dev.indelible.ledger.log.Placement.Duplicate;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Answers whoever submitted one entry, at the level asked for.
///
/// Everything that is answered is durable. A first submission is answered from the block that was
/// just sealed, a retry from the rows; both get the same bytes.
@ApplicationScoped
class SingleAnswer {
  private final Transactions transactions;
  private final Receipts receipts;
  private final WitnessedBlocks witnessed;

  SingleAnswer(Transactions transactions, Receipts receipts, WitnessedBlocks witnessed) {
    this.transactions = transactions;
    this.receipts = receipts;
    this.witnessed = witnessed;
  }

  Response of(Log log, Preference preference, Waiting waiting)
      throws LostWriterException, InterruptedException {
    Placement placement = waiting.get(waiting.pending().sequenced()).getFirst();
    return switch (placement) {
      case Sequenced sequenced -> sequenced(log, sequenced, preference, waiting);
      case Duplicate duplicate -> throw duplicate(log, duplicate, waiting);
    };
  }

  private Response sequenced(Log log, Sequenced placement, Preference preference, Waiting waiting)
      throws LostWriterException, InterruptedException {
    if (preference.level() == Level.sequenced) {
      return accepted(log, placement.index());
    }
    Optional<SealedBlock> block = waiting.get(waiting.pending().included(), preference.longest());
    if (block.isEmpty()) {
      return accepted(log, placement.index());
    }
    if (preference.level() == Level.included) {
      return created(log, placement, included(log, placement.index(), block.get()));
    }
    long end = block.get().block().end();
    boolean inTime = witnessed.await(log, end, preference.longest());
    Optional<Receipt> best = inTime ? receipts.best(log, placement.index()) : Optional.empty();
    return best.isPresent()
        ? created(log, placement, best.get())
        : accepted(log, placement.index());
  }

  private Receipt included(Log log, long index, SealedBlock block) {
    if (block.proves(index)) {
      return new Receipt(
          log.name(),
          log.origin(),
          index,
          block.leafHash(index).toBase64(),
          block.block().number(),
          Level.included,
          block.receipt(index).print());
    }
    return transactions.read(connection -> Receipts.included(connection, log, index).orElseThrow());
  }

  private Response created(Log log, Sequenced placement, Receipt receipt) {
    List<Match> matches =
        placement.mayMatch()
            ? transactions.read(
                connection -> TokenStore.matches(connection, log.name(), placement.index()))
            : List.of();
    return Response.status(placement.isNew() ? Status.CREATED : Status.OK)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.LOCATION, path(log, placement.index()))
        .entity(AppendAnswer.of(receipt, matches))
        .build();
  }

  /// The body of a 202.
  record Accepted(String log, long index, Level level, String receipt) {}

  /// Durable, and not yet what was asked for.
  private static Response accepted(Log log, long index) {
    String receipt = path(log, index);
    return Response.status(Status.ACCEPTED)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.LOCATION, receipt)
        .header(HttpHeaders.RETRY_AFTER, 1)
        .entity(new Accepted(log.name(), index, Level.sequenced, receipt))
        .build();
  }

  private Rejection duplicate(Log log, Duplicate duplicate, Waiting waiting)
      throws LostWriterException, InterruptedException {
    // The original may be of this very batch: its receipt exists when the block does.
    SealedBlock ignored = waiting.get(waiting.pending().included());
    return Rejection.of(
            LedgerProblem.DUPLICATE_ENTRY,
            "Entry " + duplicate.index() + " has the same " + duplicate.token() + ".")
        .with("duplicateOf", original(log, duplicate));
  }

  /// What a submitter may know of the entry that was there first.
  Map<String, Object> original(Log log, Duplicate duplicate) {
    String record =
        transactions.read(
            connection -> EntryStore.record(connection, log.name(), duplicate.index()));
    Map<String, Object> original = new LinkedHashMap<>();
    original.put("index", duplicate.index());
    original.put("record", record);
    original.put("name", duplicate.token());
    original.put("receipt", path(log, duplicate.index()));
    return original;
  }

  static String path(Log log, long index) {
    return "/v1/logs/" + log.name() + "/entries/" + index + "/receipt";
  }
}
