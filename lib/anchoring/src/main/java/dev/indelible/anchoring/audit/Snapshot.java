package dev.indelible.anchoring.audit;

import dev.indelible.anchoring.AnchoredRecords;
import dev.indelible.anchoring.AnchoredRow;
import dev.indelible.anchoring.AnchoredRows;
import dev.indelible.anchoring.Issuer;
import dev.indelible.anchoring.LiveStatement;
import dev.indelible.anchoring.ReceiptJudge;
import dev.indelible.anchoring.SealedRows;
import dev.indelible.kit.audit.Difference;
import dev.indelible.kit.audit.Progress;
import io.quarkus.arc.All;
import io.quarkus.narayana.jta.runtime.TransactionConfiguration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/// Reads the database as it is at one moment, so that records which arrive meanwhile are neither
/// missing nor too many.
@ApplicationScoped
class Snapshot {
  private static final int WINDOW = 64;

  private final List<AnchoredRecords> records;
  private final List<SealedRows> beside;
  private final AnchoredRows rows;
  private final Notebook notebook;
  private final Issuer issuer;
  private final ReceiptJudge judge;
  private final Progress progress;

  /// How many statements were stored when the audit at hand began; there is one at a time.
  private volatile long statements;

  @Inject
  Snapshot(
      @All List<AnchoredRecords> records,
      @All List<SealedRows> beside,
      AnchoredRows rows,
      Notebook notebook,
      Issuer issuer,
      ReceiptJudge judge,
      Progress progress) {
    this.records = records;
    this.beside = beside;
    this.rows = rows;
    this.notebook = notebook;
    this.issuer = issuer;
    this.judge = judge;
    this.progress = progress;
  }

  /// Compares the database as it is at one moment, and goes on with `then` while it still is.
  @ActivateRequestContext
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  @TransactionConfiguration(timeout = 1800)
  <T> T compare(Function<LocalResult, T> then) {
    notebook.open();
    return then.apply(compare());
  }

  private LocalResult compare() {
    SnapshotComparison comparison = new SnapshotComparison(issuer, judge);
    statements = rows.count(Finding.STATEMENTS);
    reached(comparison);
    records.forEach(feature -> compare(feature, comparison));
    beside.forEach(feature -> beside(feature, comparison));
    if (!comparison.isBroken() && !comparison.isFull()) {
      comparison.note(notebook);
      left(comparison);
      comparison.note(notebook);
      comparison.unused(notebook.keysLeft(SnapshotComparison.MOST));
      count(comparison);
    }
    return comparison.result();
  }

  private void compare(AnchoredRecords feature, SnapshotComparison comparison) {
    try (Stream<LiveStatement> statements = feature.rebuild()) {
      statements
          .gather(Gatherers.windowFixed(WINDOW))
          .takeWhile(some -> !comparison.isFull())
          .forEach(some -> compare(some, comparison));
    } catch (RuntimeException e) {
      // A value that no statement can hold was written behind our back: that is a finding.
      comparison.broken(String.join(", ", feature.tables()), e);
    }
  }

  private void beside(SealedRows feature, SnapshotComparison comparison) {
    try (Stream<Difference> changed = feature.changed()) {
      changed.takeWhile(one -> !comparison.isFull()).forEach(comparison::sealed);
    }
    try (Stream<UUID> keys = feature.keys()) {
      keys.gather(Gatherers.windowFixed(WINDOW))
          .takeWhile(some -> !comparison.isFull())
          .forEach(
              some -> {
                comparison.keys(some);
                comparison.note(notebook);
              });
    }
  }

  private void compare(List<LiveStatement> window, SnapshotComparison comparison) {
    List<UUID> ids = window.stream().map(LiveStatement::statementId).toList();
    Map<UUID, AnchoredRow> stored = rows.find(ids);
    window.forEach(live -> comparison.live(live, stored.get(live.statementId())));
    comparison.note(notebook);
    reached(comparison);
  }

  private void reached(SnapshotComparison comparison) {
    progress.reached("statements", comparison.taken(), statements);
  }

  /// What is stored and has no live statement: erased records for the most part.
  private void left(SnapshotComparison comparison) {
    List<UUID> window = new ArrayList<>();
    notebook.statementsLeft(
        id -> {
          window.add(id);
          if (window.size() == WINDOW) {
            left(window, comparison);
          }
        });
    left(window, comparison);
  }

  private void left(List<UUID> window, SnapshotComparison comparison) {
    if (!comparison.isFull()) {
      comparison.stored(rows.find(window).values(), notebook::erased);
      comparison.note(notebook);
      reached(comparison);
    }
    window.clear();
  }

  private void count(SnapshotComparison comparison) {
    for (AnchoredRecords feature : records) {
      for (String table : feature.tables()) {
        long known = notebook.accounted(table) + feature.waiting(table);
        comparison.count(table, rows.count(table), known);
      }
    }
  }
}
