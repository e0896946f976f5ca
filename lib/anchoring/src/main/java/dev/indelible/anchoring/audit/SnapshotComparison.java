package dev.indelible.anchoring.audit;

import dev.indelible.anchoring.AnchoredRow;
import dev.indelible.anchoring.Issuer;
import dev.indelible.anchoring.LiveStatement;
import dev.indelible.anchoring.ReceiptJudge;
import dev.indelible.anchoring.Seed;
import dev.indelible.anchoring.StoredReceipt;
import dev.indelible.anchoring.StoredStatement;
import dev.indelible.anchoring.erasure.Tombstone;
import dev.indelible.kit.audit.Difference;
import dev.indelible.transparency.cose.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Compares records with what is stored about them: rows in, differences out. First every live
/// statement, then every stored one that had no live one.
final class SnapshotComparison {
  private final Issuer issuer;
  private final EvidenceComparison evidence;
  private final List<Difference> differences = new ArrayList<>();
  private final List<Expected> expected = new ArrayList<>();
  private final List<LiveStatement> unanchored = new ArrayList<>();
  private final Map<String, List<AnchoredRow>> lost = new HashMap<>();
  private final Moves moves = new Moves();
  private final Set<Long> explained = new HashSet<>();
  private final Map<String, Set<Row>> covered = new HashMap<>();
  private final Set<String> erased = new HashSet<>();
  private final Set<UUID> keysUsed = new HashSet<>();
  private final Set<Finding> keysDamaged = new HashSet<>();
  private long statements;
  private long rows;
  private boolean broken;

  SnapshotComparison(Issuer issuer, ReceiptJudge judge) {
    this.issuer = issuer;
    this.evidence = new EvidenceComparison(issuer, judge);
  }

  /// Takes a live statement and what is stored about it.
  void live(LiveStatement live, @Nullable AnchoredRow row) {
    statements++;
    cover(new Row(live.table(), live.row()));
    live.statement().cells().values().forEach(cell -> cover(Row.of(cell)));
    StoredStatement stored = row == null ? null : row.statement();
    if (row == null) {
      unanchored.add(live);
    } else if (stored == null) {
      openingDeleted(row);
    } else {
      both(live, row, stored);
    }
  }

  private void cover(Row row) {
    covered.computeIfAbsent(row.table(), table -> new HashSet<>()).add(row);
  }

  private void both(LiveStatement live, AnchoredRow row, StoredStatement stored) {
    List<Finding> findings = StatementComparison.of(live, row, issuer, moves);
    // Only a tombstone that the service itself signed excuses missing rows.
    if (findings.isEmpty() && live.table().equals(Tombstone.TABLE)) {
      erased.add(Issuer.subjectOf(live.record()));
    }
    add(findings, row);
    expect(row, stored);
  }

  private void expect(AnchoredRow row, StoredStatement stored) {
    if (stored.seed() != null) {
      keysUsed.add(row.seed() instanceof Seed.Opened opened ? opened.key() : stored.keyId());
    }
    List<Finding> beside = evidence.of(row);
    add(beside, row);
    // An edited row expects nothing of the log: its edit is reported, not what follows from it.
    StatementComparison.entry(stored, issuer)
        .ifPresent(
            entry -> {
              add(StatementComparison.organisation(stored, entry), row);
              expected.add(Expected.of(row, stored, beside.isEmpty()));
            });
  }

  /// Takes what is stored about a statement that has no live row.
  void stored(AnchoredRow row) {
    StoredStatement stored = row.statement();
    if (stored == null) {
      openingDeleted(row);
      return;
    }
    String subject =
        StatementComparison.entry(stored, issuer).map(entry -> entry.subject()).orElse("");
    if (erased.contains(subject) && !ErasedComparison.isWhole(stored)) {
      add(ErasedComparison.of(stored, subject), row);
    } else {
      lost.computeIfAbsent(subject, s -> new ArrayList<>()).add(row);
    }
    expect(row, stored);
  }

  /// Receipt, refusal or outbox row are there, but not what they belong to. When the service wrote
  /// them, it had written that as well.
  private void openingDeleted(AnchoredRow row) {
    StoredReceipt receipt = row.receipt();
    if (receipt != null) {
      explained.add(receipt.leafIndex());
    }
    List<Finding> edits = evidence.of(row);
    boolean forged = edits.stream().anyMatch(edit -> "seal".equals(edit.field()));
    if (edits.isEmpty()) {
      add(List.of(Finding.row(Finding.STATEMENTS, row.id(), "row was deleted")), row);
    } else if (forged) {
      add(List.of(Finding.row(edits.getFirst().table(), row.id(), "row was inserted")), row);
    } else {
      add(edits, row);
    }
  }

  /// Takes what is wrong with rows that a seal covers, and the data keys that are theirs.
  void sealed(List<Difference> changed, List<UUID> keys) {
    differences.addAll(changed);
    keysUsed.addAll(keys);
  }

  /// Compares how many rows a table has with how many the statements are made of.
  ///
  /// @param waiting how many of them are not in a statement yet
  void count(String table, long count, long waiting) {
    rows += count;
    long known = covered.getOrDefault(table, Set.of()).size() + waiting;
    if (count > known) {
      String message = (count - known) + " rows belong to no record";
      differences.add(Finding.row(table, "*", message).at(null, null));
    }
  }

  /// Compares which data keys there are with which open something, when all statements were taken.
  void keys(List<UUID> ids) {
    ids.stream()
        .filter(id -> !keysUsed.contains(id))
        .forEach(
            id -> differences.add(Finding.row(Finding.KEYS, id, "opens nothing").at(null, null)));
  }

  /// Says that a feature's records could not be rebuilt.
  void broken(String tables, RuntimeException reason) {
    broken = true;
    differences.add(
        Finding.row(tables, "*", "a record cannot be rebuilt: " + reason).at(null, null));
  }

  /// Whether some live statements are missing here though their rows may exist, so that nothing can
  /// be said of what has no live statement.
  boolean isBroken() {
    return broken;
  }

  LocalResult result() {
    List<LiveStatement> inserted = unanchored.stream().filter(live -> !isRenamed(live)).toList();
    lost.values().forEach(left -> left.forEach(row -> add(List.of(deleted(row)), row)));
    moves.findings().forEach(finding -> differences.add(finding.at(null, null)));
    return new LocalResult(statements, rows, differences, expected, inserted, explained);
  }

  /// Whether an unknown live row is a lost one under another primary key.
  private boolean isRenamed(LiveStatement live) {
    List<AnchoredRow> candidates =
        lost.getOrDefault(Issuer.subjectOf(live.record()), new ArrayList<>());
    Optional<AnchoredRow> best =
        candidates.stream().min(Comparator.comparingInt(row -> compare(live, row).size()));
    best.ifPresent(
        row -> {
          candidates.remove(row);
          add(
              List.of(Finding.row(live.table(), live.row(), "its primary key was " + row.id())),
              row);
          add(compare(live, row), row);
        });
    return best.isPresent();
  }

  private List<Finding> compare(LiveStatement live, AnchoredRow row) {
    StoredStatement stored = row.statement();
    return stored == null
        ? List.of()
        : StatementComparison.of(live, row, issuer, new Moves()).stream()
            .filter(finding -> !"cells".equals(finding.field()))
            .toList();
  }

  private Finding deleted(AnchoredRow row) {
    StoredStatement stored = row.statement();
    var entry =
        stored == null ? Optional.<Entry>empty() : StatementComparison.entry(stored, issuer);
    if (stored == null || entry.isEmpty()) {
      return Finding.row(Finding.STATEMENTS, row.id(), "row was inserted, or its entry edited");
    }
    String message =
        erased.contains(entry.get().subject())
            ? "row was deleted, or its opening brought back"
            : "row was deleted";
    String key = row.id().toString();
    String table =
        Committed.of(stored).stream()
            .flatMap(List::stream)
            .flatMap(field -> field.cell().stream())
            .filter(cell -> cell.row().equals(key))
            .map(cell -> cell.table())
            .findFirst()
            .orElse(Finding.STATEMENTS);
    return Finding.row(table, key, message);
  }

  private void add(List<Finding> findings, AnchoredRow row) {
    for (Finding finding : findings) {
      if (!finding.table().equals(Finding.KEYS)) {
        differences.add(finding.at(row));
      } else if (keysDamaged.add(finding)) {
        // Once, however many statements it locks.
        differences.add(finding.at(null, null));
      }
    }
  }
}
