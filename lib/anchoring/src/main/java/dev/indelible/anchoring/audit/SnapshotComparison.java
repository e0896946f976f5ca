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
import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.receipt.TlogProof;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Compares records with what is stored about them: rows in, differences out. First every live
/// statement, then every stored one that had no live one. Keeps only what differs; the names of
/// what does not go into the notebook.
final class SnapshotComparison {
  /// How many differences an audit names. Where there are more, the next audit names the next ones
  /// once these are mended.
  static final int MOST = 10_000;

  private final Issuer issuer;
  private final EvidenceComparison evidence;
  private final List<Difference> differences = new ArrayList<>();
  private final List<Unaccounted> unaccounted = new ArrayList<>();
  private final List<LiveStatement> unanchored = new ArrayList<>();
  private final Map<String, List<AnchoredRow>> lost = new HashMap<>();
  private final Moves moves = new Moves();
  private final Set<Long> explained = new HashSet<>();
  private final List<String> erased = new ArrayList<>();
  private final Set<String> lostThoughErased = new HashSet<>();
  private final List<Row> accounted = new ArrayList<>();
  private final List<TreeHead> heads = new ArrayList<>();
  private final Set<Finding> keysDamaged = new HashSet<>();
  private long statements;
  private long left;
  private long rows;
  private int lostRows;
  private boolean broken;

  SnapshotComparison(Issuer issuer, ReceiptJudge judge) {
    this.issuer = issuer;
    this.evidence = new EvidenceComparison(issuer, judge);
  }

  /// Takes a live statement and what is stored about it.
  void live(LiveStatement live, @Nullable AnchoredRow row) {
    statements++;
    accounted.add(new Row(Finding.STATEMENTS, live.statementId().toString()));
    rows(live).forEach(accounted::add);
    StoredStatement stored = row == null ? null : row.statement();
    if (row == null) {
      unanchored.add(live);
    } else if (stored == null) {
      openingDeleted(row);
    } else {
      both(live, row, stored);
    }
  }

  /// The rows that a statement is made of, each once.
  private static Set<Row> rows(LiveStatement live) {
    Set<Row> made = new LinkedHashSet<>();
    made.add(new Row(live.table(), live.row()));
    live.statement().cells().values().forEach(cell -> made.add(Row.of(cell)));
    return made;
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

  /// Notes what the log has to say, if the row is right. An edited row expects nothing of the log:
  /// its edit is reported, not what follows from it.
  private void expect(AnchoredRow row, StoredStatement stored) {
    if (stored.seed() != null) {
      UUID key = row.seed() instanceof Seed.Opened opened ? opened.key() : stored.keyId();
      accounted.add(new Row(Finding.KEYS, key.toString()));
    }
    List<Finding> beside = evidence.of(row);
    add(beside, row);
    Optional<Entry> entry = StatementComparison.entry(stored, issuer);
    entry.ifPresent(issued -> add(StatementComparison.organisation(stored, issued), row));
    StoredReceipt receipt = row.receipt();
    if (entry.isPresent() && beside.isEmpty() && receipt != null) {
      heads.add(head(receipt));
    }
    if (entry.isPresent() && !row.isAccountedFor()) {
      unaccounted.add(new Unaccounted(row.id(), Hash.leaf(stored.entry().toArray())));
    }
  }

  private static TreeHead head(StoredReceipt receipt) {
    return Checkpoint.parse(TlogProof.parse(receipt.proof()).checkpoint().text()).head();
  }

  /// Takes what is stored about statements that have no live row.
  ///
  /// @param erased which of some subjects have a tombstone that was taken before
  void stored(Collection<AnchoredRow> rows, Function<Set<String>, Set<String>> erased) {
    left += rows.size();
    Map<AnchoredRow, String> subjects = new LinkedHashMap<>();
    for (AnchoredRow row : rows) {
      StoredStatement stored = row.statement();
      if (stored == null) {
        openingDeleted(row);
      } else {
        Optional<Entry> entry = StatementComparison.entry(stored, issuer);
        subjects.put(row, entry.map(Entry::subject).orElse(""));
      }
    }
    Set<String> gone = erased.apply(Set.copyOf(subjects.values()));
    subjects.forEach((row, subject) -> stored(row, subject, gone.contains(subject)));
  }

  private void stored(AnchoredRow row, String subject, boolean isErased) {
    StoredStatement stored = Objects.requireNonNull(row.statement());
    if (isErased && !ErasedComparison.isWhole(stored)) {
      add(ErasedComparison.of(stored, subject), row);
    } else {
      lost.computeIfAbsent(subject, s -> new ArrayList<>()).add(row);
      lostRows++;
      if (isErased) {
        lostThoughErased.add(subject);
      }
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

  /// Takes what is wrong with rows that a seal covers.
  void sealed(Difference changed) {
    differences.add(changed);
  }

  /// Takes data keys that are such rows' own.
  void keys(List<UUID> keys) {
    keys.forEach(key -> accounted.add(new Row(Finding.KEYS, key.toString())));
  }

  /// Writes the names of what was compared since the last time into the notebook.
  void note(Notebook notebook) {
    notebook.account(accounted);
    accounted.clear();
    notebook.signed(heads);
    heads.clear();
    notebook.erased(erased);
    erased.clear();
  }

  /// Compares how many rows a table has with how many there is a reason for.
  ///
  /// @param known rows in statements and rows that wait for one
  void count(String table, long count, long known) {
    rows += count;
    if (count > known) {
      String message = (count - known) + " rows belong to no record";
      differences.add(Finding.row(table, "*", message).at(null, null));
    }
  }

  /// Takes the data keys that nothing is under, when all statements were taken.
  void unused(List<UUID> keys) {
    keys.forEach(
        id -> differences.add(Finding.row(Finding.KEYS, id, "opens nothing").at(null, null)));
  }

  /// Whether there are so many differences that the audit ends here.
  boolean isFull() {
    return differences.size() + lostRows + unanchored.size() + unaccounted.size() >= MOST;
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

  /// How many statements were taken so far, live ones and stored ones without.
  long taken() {
    return statements + left;
  }

  LocalResult result() {
    boolean full = isFull();
    List<LiveStatement> inserted = unanchored.stream().filter(live -> !isRenamed(live)).toList();
    lost.values().forEach(left -> left.forEach(row -> add(List.of(deleted(row)), row)));
    moves.findings().forEach(finding -> differences.add(finding.at(null, null)));
    return new LocalResult(statements, rows, differences, unaccounted, inserted, explained, !full);
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
        lostThoughErased.contains(entry.get().subject())
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
