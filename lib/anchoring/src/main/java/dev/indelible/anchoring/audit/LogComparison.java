package dev.indelible.anchoring.audit;

import dev.indelible.anchoring.Issuer;
import dev.indelible.kit.audit.Difference;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.merkle.CompactRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Takes the log's entries one after the other and compares them with what our rows expect. Holds
/// nothing of the entries that are as expected.
final class LogComparison {
  /// An entry that this service signed and of which no row is left.
  ///
  /// @param index its place
  /// @param entry the leaf
  record Stranger(long index, Entry entry) {}

  private final String log;
  private final Issuer issuer;
  private final List<Expected> expected;
  private final Map<Hash, Expected> byLeaf = new HashMap<>();
  private final Map<Long, String> subjects = new HashMap<>();
  private final Map<Long, TreeHead> heads = new HashMap<>();
  private final Map<Hash, Long> found = new HashMap<>();
  private final Set<Hash> accounted = new HashSet<>();
  private final List<Stranger> strangers = new ArrayList<>();
  private CompactRange range = CompactRange.EMPTY;

  LogComparison(String log, Issuer issuer, List<Expected> expected) {
    this.log = log;
    this.issuer = issuer;
    this.expected = List.copyOf(expected);
    for (Expected one : expected) {
      byLeaf.put(one.leafHash(), one);
      if (one.accountedFor()) {
        accounted.add(one.leafHash());
      }
      one.head().ifPresent(head -> heads.put(head.size(), TreeHead.EMPTY));
      one.original().ifPresent(original -> subjects.put(original.index(), ""));
    }
  }

  /// Takes the next entry.
  void entry(byte[] bytes) {
    long index = range.size();
    Hash leafHash = Hash.leaf(bytes);
    range = range.append(List.of(leafHash));
    if (heads.containsKey(range.size())) {
      heads.put(range.size(), range.head());
    }
    boolean known = byLeaf.containsKey(leafHash);
    if (known) {
      found.put(leafHash, index);
    }
    if (!known || subjects.containsKey(index)) {
      look(index, bytes, known);
    }
  }

  private void look(long index, byte[] bytes, boolean known) {
    try {
      Entry entry = Entry.parse(bytes);
      subjects.computeIfPresent(index, (i, nothing) -> entry.subject());
      if (!known && issuer.signed(entry)) {
        strangers.add(new Stranger(index, entry));
      }
    } catch (IllegalArgumentException e) {
      // Not an entry of ours; what it is instead is the ledger's own audit's business.
      subjects.computeIfPresent(index, (i, nothing) -> "");
    }
  }

  /// Size and root of the entries taken so far.
  TreeHead head() {
    return range.head();
  }

  List<Stranger> strangers() {
    return List.copyOf(strangers);
  }

  /// What is not as our rows expect.
  List<Difference> differences() {
    List<Difference> differences = new ArrayList<>();
    Set<Long> wrongSizes = new HashSet<>();
    for (Expected one : expected) {
      one.index().ifPresent(index -> compareLeaf(one, index, differences));
      one.head()
          .filter(head -> !head.equals(heads.get(head.size())))
          .filter(head -> wrongSizes.add(head.size()))
          .ifPresent(head -> differences.add(rewritten(head)));
      one.original()
          .filter(
              original ->
                  !Issuer.subjectOf(original.record()).equals(subjects.get(original.index())))
          .ifPresent(
              original ->
                  differences.add(
                      entry(original.index(), "is not the entry that a refusal was based on")));
      if (!one.accountedFor()) {
        differences.add(unaccounted(one));
      }
    }
    return differences;
  }

  private void compareLeaf(Expected one, long index, List<Difference> differences) {
    Long place = found.get(one.leafHash());
    if (place == null || place != index) {
      differences.add(entry(index, "is not the entry that our receipt proves to be there"));
    }
  }

  private Difference rewritten(TreeHead signed) {
    return Finding.row(
            "log " + log,
            "size " + signed.size(),
            "the first " + signed.size() + " entries do not hash to the root that the log signed")
        .at(null, null);
  }

  private Difference unaccounted(Expected one) {
    Long index = found.get(one.leafHash());
    if (accounted.contains(one.leafHash())) {
      String message = "row was inserted: its entry is another row's";
      return Finding.row(Finding.STATEMENTS, one.id(), message).at(null, index);
    }
    return index == null
        ? Finding.row("outbox", one.id(), "row, or the refusal that replaced it, was deleted")
            .at(null, null)
        : Finding.row("receipt", one.id(), "row was deleted").at(null, index);
  }

  private Difference entry(long index, String message) {
    return Finding.row("log " + log, index, message).at(null, index);
  }
}
