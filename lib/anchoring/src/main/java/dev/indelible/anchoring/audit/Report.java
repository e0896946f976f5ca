package dev.indelible.anchoring.audit;

import dev.indelible.anchoring.Issuer;
import dev.indelible.anchoring.LedgerClient;
import dev.indelible.anchoring.LedgerUnavailableException;
import dev.indelible.anchoring.LiveStatement;
import dev.indelible.anchoring.audit.LogComparison.Stranger;
import dev.indelible.kit.audit.Difference;
import dev.indelible.transparency.TreeHead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Puts together what database and log said.
final class Report {
  private static final int MAX_BLOCKS_ASKED = 200;

  private final String log;
  private final LocalResult local;
  private final LedgerClient ledger;
  private final List<LiveStatement> unanchored;
  private final List<Difference> differences;
  private final List<String> unchecked = new ArrayList<>();

  Report(String log, LocalResult local, LedgerClient ledger) {
    this.log = log;
    this.local = local;
    this.ledger = ledger;
    this.unanchored = new ArrayList<>(local.unanchored());
    this.differences = new ArrayList<>(local.differences());
  }

  /// Takes what the whole log said.
  void log(TreeHead signed, LogComparison comparison) {
    if (!comparison.head().equals(signed)) {
      differences.add(
          Finding.row(
                  "log " + log,
                  "size " + signed.size(),
                  "the entries do not hash to the root that the log signed")
              .at(null, null));
    }
    differences.addAll(comparison.differences());
    for (Stranger stranger : comparison.strangers()) {
      if (!local.explained().contains(stranger.index())) {
        differences.add(deleted(stranger));
      }
    }
    for (LiveStatement live : unanchored) {
      differences.add(
          Finding.row(live.table(), live.row(), "row was inserted: it was never anchored")
              .at(null, null));
    }
  }

  private Difference deleted(Stranger stranger) {
    Optional<LiveStatement> record =
        unanchored.stream()
            .filter(live -> Issuer.subjectOf(live.record()).equals(stranger.entry().subject()))
            .findFirst();
    record.ifPresent(unanchored::remove);
    return record
        .map(live -> Finding.row(Finding.STATEMENTS, live.statementId(), "row was deleted"))
        .orElseGet(
            () ->
                Finding.row(
                    Finding.STATEMENTS,
                    stranger.entry().subject(),
                    "the record was deleted with everything stored about its entry"))
        .at(null, stranger.index());
  }

  /// Says that the log could not be read, or not be believed.
  void logNotRead(String reason, boolean contradiction) {
    if (contradiction) {
      differences.add(Finding.row("log " + log, "*", reason).at(null, null));
    } else {
      unchecked.add("the log " + log + " could not be read: " + reason);
    }
    withoutLog();
  }

  /// Says that the audit ended before it had compared everything.
  ///
  /// @param comparison as far as it came, if it began
  void tooMuch(@Nullable LogComparison comparison) {
    unchecked.add(
        "the audit ends with "
            + SnapshotComparison.MOST
            + " differences: what it would have compared after them is not compared");
    if (comparison != null) {
      differences.addAll(comparison.differences());
      comparison.strangers().forEach(stranger -> differences.add(deleted(stranger)));
    }
    withoutLog();
  }

  private void withoutLog() {
    for (LiveStatement live : unanchored) {
      differences.add(
          Finding.row(live.table(), live.row(), "nothing is stored about it: row was inserted")
              .at(null, null));
    }
    local
        .unaccounted()
        .forEach(
            one ->
                differences.add(
                    Finding.row("outbox", one.id(), "neither receipt, refusal nor outbox row")
                        .at(null, null)));
  }

  List<String> unchecked() {
    return unchecked;
  }

  /// All differences, each with its block where it can be told.
  List<Difference> differences() {
    Map<Long, Optional<Long>> blocks = new HashMap<>();
    return differences.stream().map(difference -> placed(difference, blocks)).toList();
  }

  private Difference placed(Difference difference, Map<Long, Optional<Long>> blocks) {
    Long index = difference.index();
    if (index == null || difference.block() != null || blocks.size() >= MAX_BLOCKS_ASKED) {
      return difference;
    }
    @Nullable Long block = blocks.computeIfAbsent(index, this::block).orElse(null);
    return new Difference(
        difference.table(),
        difference.row(),
        difference.field(),
        difference.pointer(),
        block,
        index,
        difference.message());
  }

  private Optional<Long> block(long index) {
    try {
      return ledger.findBlock(index);
    } catch (LedgerUnavailableException e) {
      return Optional.empty();
    }
  }
}
