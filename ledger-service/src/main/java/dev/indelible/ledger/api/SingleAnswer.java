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
import dev.indelible.ledger.proof.Receipt.Level;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Answers whoever submitted one entry, at the level asked for. Everything that is answered is
/// durable.
@ApplicationScoped
class SingleAnswer {
  private final Transactions transactions;
  private final WitnessedBlocks witnessed;

  SingleAnswer(Transactions transactions, WitnessedBlocks witnessed) {
    this.transactions = transactions;
    this.witnessed = witnessed;
  }

  Response of(Log log, Preference preference, Waiting waiting, AnswerForm form)
      throws LostWriterException, InterruptedException {
    Placement placement = waiting.get(waiting.pending().sequenced()).getFirst();
    return switch (placement) {
      case Sequenced sequenced -> sequenced(log, sequenced, preference, waiting, form);
      case Duplicate duplicate -> throw duplicate(log, duplicate, waiting);
    };
  }

  private Response sequenced(
      Log log, Sequenced placement, Preference preference, Waiting waiting, AnswerForm form)
      throws LostWriterException, InterruptedException {
    if (preference.level() == Level.sequenced) {
      return form.accepted(log, placement);
    }
    Optional<SealedBlock> block = waiting.get(waiting.pending().included(), preference.longest());
    if (block.isEmpty() || preference.level() == Level.included) {
      return block
          .map(own -> form.created(log, placement, own, Optional.empty()))
          .orElseGet(() -> form.accepted(log, placement));
    }
    Optional<SealedBlock> shown =
        witnessed.await(log, block.get().block().end(), preference.longest());
    return shown.isEmpty()
        ? form.accepted(log, placement)
        : form.created(log, placement, block.get(), shown);
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
