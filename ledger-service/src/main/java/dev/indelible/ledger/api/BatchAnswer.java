package dev.indelible.ledger.api;

import com.fasterxml.jackson.annotation.JsonInclude;
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
import dev.indelible.ledger.log.Submission;
import dev.indelible.ledger.log.TokenStore;
import dev.indelible.ledger.log.TokenStore.Match;
import dev.indelible.ledger.proof.Receipt;
import dev.indelible.ledger.proof.Receipt.Level;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Answers whoever submitted a batch: an index or a refusal for each statement, in order, and once
/// for all of them how far they have come. Receipts are fetched in bulk, by block; or they come
/// with the answer, which takes a path and a checkpoint for each.
@ApplicationScoped
class BatchAnswer {
  private final Transactions transactions;
  private final WitnessedBlocks witnessed;
  private final JsonAnswer single;

  BatchAnswer(Transactions transactions, WitnessedBlocks witnessed, JsonAnswer single) {
    this.transactions = transactions;
    this.witnessed = witnessed;
    this.single = single;
  }

  /// The answer.
  ///
  /// @param level what every statement with an index has reached at least
  /// @param block the newest block at that time, unless the level is `sequenced`
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Answer(String log, Level level, @Nullable Long block, List<Item> results) {}

  /// What became of a statement: an index and leaf hash, or the entry that it duplicates.
  ///
  /// @param block that holds the leaf; only with the proof
  /// @param proof C2SP tlog-proof under that block's checkpoint
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Item(
      @Nullable Long index,
      @Nullable String leafHash,
      @Nullable List<Match> matches,
      @Nullable Long block,
      @Nullable String proof,
      @Nullable Original duplicateOf) {
    static Item duplicate(Original original) {
      return new Item(null, null, null, null, null, original);
    }

    Item proved(Receipt receipt) {
      return new Item(index, leafHash, matches, receipt.block(), receipt.proof(), duplicateOf);
    }
  }

  /// The entry that was there first.
  record Original(long index, String record, String name, String receipt) {}

  /// @param proofs whether each statement's receipt is wanted, once a block holds it
  Response of(
      Log log, Preference preference, List<Submission> submissions, boolean proofs, Waiting waiting)
      throws LostWriterException, InterruptedException {
    List<Placement> placements = waiting.get(waiting.pending().sequenced());
    Optional<SealedBlock> block =
        preference.level() == Level.sequenced
            ? Optional.empty()
            : waiting.get(waiting.pending().included(), preference.longest());
    Level level = block.isEmpty() ? Level.sequenced : Level.included;
    if (preference.level() == Level.witnessed
        && block.isPresent()
        && witnessed.await(log, block.get().block().end(), preference.longest()).isPresent()) {
      level = Level.witnessed;
    }
    boolean reached = level == preference.level();
    return Response.status(reached ? Status.OK : Status.ACCEPTED)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(
            new Answer(
                log.name(),
                level,
                block.map(newest -> newest.block().number()).orElse(null),
                items(log, submissions, placements, block.filter(newest -> proofs))))
        .build();
  }

  private List<Item> items(
      Log log,
      List<Submission> submissions,
      List<Placement> placements,
      Optional<SealedBlock> proving) {
    Map<Long, String> records = records(log, placements);
    List<Item> items = new ArrayList<>(placements.size());
    for (int i = 0; i < placements.size(); i++) {
      items.add(
          switch (placements.get(i)) {
            case Sequenced sequenced -> item(log, sequenced, submissions.get(i), proving);
            case Duplicate duplicate -> Item.duplicate(original(log, duplicate, records));
          });
    }
    return items;
  }

  private Item item(
      Log log, Sequenced placed, Submission submission, Optional<SealedBlock> proving) {
    String leafHash = submission.leafHash().toBase64();
    Item item = new Item(placed.index(), leafHash, matches(log, placed), null, null, null);
    return proving
        .map(block -> item.proved(single.receipt(log, placed.index(), block, Optional.empty())))
        .orElse(item);
  }

  private Map<Long, String> records(Log log, List<Placement> placements) {
    List<Long> originals =
        placements.stream()
            .filter(Duplicate.class::isInstance)
            .map(Placement::index)
            .distinct()
            .toList();
    return originals.isEmpty()
        ? Map.of()
        : transactions.read(connection -> EntryStore.records(connection, log.name(), originals));
  }

  private @Nullable List<Match> matches(Log log, Sequenced placement) {
    if (!placement.mayMatch()) {
      return null;
    }
    List<Match> matches =
        transactions.read(
            connection -> TokenStore.matches(connection, log.name(), placement.index()));
    return matches.isEmpty() ? null : matches;
  }

  private static Original original(Log log, Duplicate duplicate, Map<Long, String> records) {
    return new Original(
        duplicate.index(),
        records.getOrDefault(duplicate.index(), ""),
        duplicate.token(),
        SingleAnswer.path(log, duplicate.index()));
  }
}
