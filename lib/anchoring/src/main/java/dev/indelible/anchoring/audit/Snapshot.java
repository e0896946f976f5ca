package dev.indelible.anchoring.audit;

import dev.indelible.anchoring.AnchoredRecords;
import dev.indelible.anchoring.AnchoredRow;
import dev.indelible.anchoring.AnchoredRows;
import dev.indelible.anchoring.Issuer;
import dev.indelible.anchoring.LiveStatement;
import dev.indelible.anchoring.ReceiptJudge;
import dev.indelible.anchoring.SealedRows;
import dev.indelible.anchoring.encryption.RecordKeys;
import io.quarkus.arc.All;
import io.quarkus.narayana.jta.runtime.TransactionConfiguration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
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
  private final RecordKeys keys;
  private final Issuer issuer;
  private final ReceiptJudge judge;

  @Inject
  Snapshot(
      @All List<AnchoredRecords> records,
      @All List<SealedRows> beside,
      AnchoredRows rows,
      RecordKeys keys,
      Issuer issuer,
      ReceiptJudge judge) {
    this.records = records;
    this.beside = beside;
    this.rows = rows;
    this.keys = keys;
    this.issuer = issuer;
    this.judge = judge;
  }

  @ActivateRequestContext
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  @TransactionConfiguration(timeout = 1800)
  LocalResult compare() {
    rows.freeze();
    SnapshotComparison comparison = new SnapshotComparison(issuer, judge);
    Set<UUID> unseen = new HashSet<>(rows.ids());
    records.forEach(feature -> compare(feature, comparison, unseen));
    beside.forEach(feature -> comparison.sealed(feature.changed(), feature.keys()));
    if (!comparison.isBroken()) {
      unseen.stream()
          .gather(Gatherers.windowFixed(WINDOW))
          .forEach(window -> rows.find(window).values().forEach(comparison::stored));
      comparison.keys(keys.ids());
      count(comparison);
    }
    return comparison.result();
  }

  private void count(SnapshotComparison comparison) {
    for (AnchoredRecords feature : records) {
      for (String table : feature.tables()) {
        comparison.count(table, rows.count(table), feature.waiting(table));
      }
    }
  }

  private void compare(AnchoredRecords feature, SnapshotComparison comparison, Set<UUID> unseen) {
    try (Stream<LiveStatement> statements = feature.rebuild()) {
      statements
          .gather(Gatherers.windowFixed(WINDOW))
          .forEach(some -> compare(some, comparison, unseen));
    } catch (RuntimeException e) {
      // A value that no statement can hold was written behind our back: that is a finding.
      comparison.broken(String.join(", ", feature.tables()), e);
    }
  }

  private void compare(
      List<LiveStatement> window, SnapshotComparison comparison, Set<UUID> unseen) {
    List<UUID> ids = window.stream().map(LiveStatement::statementId).toList();
    Map<UUID, AnchoredRow> stored = rows.find(ids);
    window.forEach(live -> comparison.live(live, stored.get(live.statementId())));
    ids.forEach(unseen::remove);
  }
}
