package dev.indelible.anchoring.audit;

import dev.indelible.anchoring.AnchoredRow;
import dev.indelible.anchoring.AnchoredRows;
import dev.indelible.anchoring.Bytes;
import dev.indelible.anchoring.Issuer;
import dev.indelible.anchoring.PlacedEntry;
import dev.indelible.anchoring.StoredRefusal;
import dev.indelible.anchoring.StoredStatement;
import dev.indelible.kit.audit.Difference;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.merkle.CompactRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Walks along the log and, beside it, along the rows that speak of it. Keeps what differs, and of
/// the rest the hashes on the right edge of the tree.
final class LogComparison {
  /// An entry that this service signed and of which no row is left.
  ///
  /// @param index its place
  /// @param entry the leaf
  record Stranger(long index, Entry entry) {}

  private static final long END = Long.MAX_VALUE;

  private final String log;
  private final Issuer issuer;
  private final EvidenceComparison evidence;
  private final AnchoredRows rows;
  private final Notebook notebook;
  private final List<Difference> differences = new ArrayList<>();
  private final List<Stranger> strangers = new ArrayList<>();
  private final List<Unaccounted> unaccounted;
  private final Map<Hash, Optional<Long>> wanted = new HashMap<>();
  private CompactRange range = CompactRange.EMPTY;

  /// @param rows read at the moment of the transaction at hand
  /// @param unaccounted statements to look for
  LogComparison(
      String log,
      Issuer issuer,
      EvidenceComparison evidence,
      AnchoredRows rows,
      Notebook notebook,
      List<Unaccounted> unaccounted) {
    this.log = log;
    this.issuer = issuer;
    this.evidence = evidence;
    this.rows = rows;
    this.notebook = notebook;
    this.unaccounted = unaccounted;
    unaccounted.forEach(one -> wanted.put(one.leafHash(), Optional.empty()));
  }

  /// Takes the next entries.
  void entries(List<byte[]> entries) {
    long start = range.size();
    long end = start + entries.size();
    // Several at one place, when somebody edited a receipt and its table has lost its constraint.
    Map<Long, List<PlacedEntry>> placed =
        rows.placed(start, end).stream().collect(Collectors.groupingBy(PlacedEntry::index));
    Map<Long, List<StoredRefusal>> refusals =
        rows.refusals(start, end).stream()
            .collect(Collectors.groupingBy(refusal -> refusal.original().index()));
    Deque<TreeHead> heads = new ArrayDeque<>(notebook.signed(start, end, SnapshotComparison.MOST));
    Map<Long, Entry> unplaced = new LinkedHashMap<>();
    for (byte[] bytes : entries) {
      long index = range.size();
      append(bytes, heads);
      Bytes leaf = Bytes.of(bytes);
      List<PlacedEntry> here = placed.getOrDefault(index, List.of());
      List<PlacedEntry> others = here.stream().filter(one -> !one.entry().equals(leaf)).toList();
      if (others.size() == here.size()) {
        own(bytes).ifPresent(entry -> unplaced.put(index, entry));
      }
      others.forEach(this::compare);
      refusals.getOrDefault(index, List.of()).forEach(refusal -> compare(refusal, bytes));
    }
    look(unplaced);
  }

  private void append(byte[] bytes, Deque<TreeHead> heads) {
    Hash leafHash = Hash.leaf(bytes);
    wanted.replace(leafHash, Optional.of(range.size()));
    range = range.append(List.of(leafHash));
    while (!heads.isEmpty() && heads.getFirst().size() == range.size()) {
      TreeHead signed = heads.removeFirst();
      if (!signed.equals(range.head())) {
        differences.add(rewritten(signed));
      }
    }
  }

  /// The entry in a leaf, if this service signed it. What it is instead is the business of the
  /// ledger's own audit.
  private Optional<Entry> own(byte[] bytes) {
    return parse(bytes).filter(issuer::signed);
  }

  private static Optional<Entry> parse(byte[] bytes) {
    try {
      return Optional.of(Entry.parse(bytes));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Says that something else, or nothing, is where a receipt proves an entry to be.
  private void compare(PlacedEntry missing) {
    if (isSound(missing.statement())) {
      differences.add(
          entry(missing.index(), "is not the entry that our receipt proves to be there"));
    }
  }

  private void compare(StoredRefusal refusal, byte[] bytes) {
    String record = Issuer.subjectOf(refusal.original().record());
    boolean same = parse(bytes).filter(entry -> entry.subject().equals(record)).isPresent();
    if (!same) {
      baseless(refusal);
    }
  }

  private void baseless(StoredRefusal refusal) {
    if (isSound(refusal.statementId())) {
      differences.add(
          entry(refusal.original().index(), "is not the entry that a refusal was based on"));
    }
  }

  /// An edited row says nothing of the log: its edit is reported, not what follows from it.
  private boolean isSound(UUID statement) {
    AnchoredRow row = rows.find(List.of(statement)).get(statement);
    StoredStatement stored = row == null ? null : row.statement();
    return row != null
        && stored != null
        && StatementComparison.entry(stored, issuer).isPresent()
        && evidence.of(row).isEmpty();
  }

  /// Sets apart the entries that have no statement by now.
  private void look(Map<Long, Entry> unplaced) {
    if (unplaced.isEmpty()) {
      return;
    }
    Map<Long, byte[]> leaves = new LinkedHashMap<>();
    unplaced.forEach((index, entry) -> leaves.put(index, entry.bytes()));
    Set<Bytes> arrived = rows.arrived(leaves);
    unplaced.forEach(
        (index, entry) -> {
          if (!arrived.contains(Bytes.of(entry.bytes()))) {
            strangers.add(new Stranger(index, entry));
          }
        });
  }

  /// Whether there are so many differences that the audit ends here.
  boolean isFull() {
    return differences.size() + strangers.size() >= SnapshotComparison.MOST;
  }

  /// Ends the walk: whatever is to be further on is missing.
  void end() {
    rows.placed(range.size(), END).forEach(this::compare);
    rows.refusals(range.size(), END).forEach(this::baseless);
    notebook
        .signed(range.size(), END, SnapshotComparison.MOST)
        .forEach(head -> differences.add(rewritten(head)));
    if (!strangers.isEmpty()) {
      Set<Bytes> known =
          rows.known(strangers.stream().map(stranger -> stranger.entry().bytes()).toList());
      strangers.removeIf(stranger -> known.contains(Bytes.of(stranger.entry().bytes())));
    }
    if (!unaccounted.isEmpty()) {
      Set<UUID> copies = rows.copies(unaccounted.stream().map(Unaccounted::id).toList());
      unaccounted.forEach(one -> differences.add(unaccounted(one, copies.contains(one.id()))));
    }
  }

  /// Size and root of the entries taken so far.
  TreeHead head() {
    return range.head();
  }

  List<Stranger> strangers() {
    return List.copyOf(strangers);
  }

  /// What is not as our rows expect; all of it after the end of the walk.
  List<Difference> differences() {
    return List.copyOf(differences);
  }

  /// What became of a statement of which no row says it.
  ///
  /// @param copy whether its entry is also another statement's
  private Difference unaccounted(Unaccounted one, boolean copy) {
    Long index = wanted.getOrDefault(one.leafHash(), Optional.empty()).orElse(null);
    if (copy) {
      String message = "row was inserted: its entry is another row's";
      return Finding.row(Finding.STATEMENTS, one.id(), message).at(null, index);
    }
    return index == null
        ? Finding.row("outbox", one.id(), "row, or the refusal that replaced it, was deleted")
            .at(null, null)
        : Finding.row("receipt", one.id(), "row was deleted").at(null, index);
  }

  private Difference rewritten(TreeHead signed) {
    return Finding.row(
            "log " + log,
            "size " + signed.size(),
            "the first " + signed.size() + " entries do not hash to the root that the log signed")
        .at(null, null);
  }

  private Difference entry(long index, String message) {
    return Finding.row("log " + log, index, message).at(null, index);
  }
}
