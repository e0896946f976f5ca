package dev.indelible.faults.history;

import dev.indelible.faults.history.History.Line;
import dev.indelible.faults.history.History.Seen;
import dev.indelible.faults.history.Told.Acknowledged;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.VerificationException;
import dev.indelible.transparency.merkle.CompactRange;
import dev.indelible.transparency.receipt.TlogProof;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// All heads of the log that anybody has seen: those that observers were served, those of all
/// blocks, those in receipts.
///
/// Each is signed as the policy wants; there is one root for one size; each is the root over the
/// first so many of the leaves that the log shows now, so all of them are mutually consistent and
/// whatever was in one is in every later one; and what a process served only grew.
final class Heads {
  /// Entries and heads for which the log has to find a proof itself.
  private static final int SAMPLE = 40;

  private final Notes notes;
  private final Consumer<String> violations;
  private final NavigableMap<Long, Hash> roots = new TreeMap<>();
  private final Map<String, Optional<TreeHead>> opened = new HashMap<>();

  Heads(Notes notes, Consumer<String> violations) {
    this.notes = notes;
    this.violations = violations;
  }

  /// The size of the newest head, once the log has come to rest: what a client gave up on may still
  /// be on its way.
  long newest(PublicLog log) {
    String before = "";
    for (String note = log.checkpoint(); !sizeOf(note).equals(before); note = log.checkpoint()) {
      before = sizeOf(note);
      Pause.of(Duration.ofSeconds(1));
    }
    return Long.parseLong(before);
  }

  private String sizeOf(String note) {
    return see(note).map(head -> Long.toString(head.size())).orElse("0");
  }

  /// Checks everything; answers how many different heads there were.
  int check(PublicLog log, History history, List<Hash> leaves) {
    observed(history.seen());
    log.blocks().forEach(this::see);
    receipts(history.lines());
    prefixes(leaves);
    if (!log.leafHashes(leaves.size()).equals(leaves)) {
      violations.accept("the tiles of level 0 are not the hashes of the entries");
    }
    consistencyProofs(log);
    inclusionProofs(log, leaves);
    return roots.size();
  }

  private void observed(List<Seen> seen) {
    Map<String, Long> last = new HashMap<>();
    for (Seen one : seen) {
      long size = see(one.note()).map(TreeHead::size).orElse(0L);
      long before = last.getOrDefault(one.process(), 0L);
      if (size < before) {
        violations.accept(one.process() + " went back from " + before + " to " + size + " leaves");
      }
      last.put(one.process(), size);
    }
  }

  private void receipts(List<Line> lines) {
    for (Line line : lines) {
      if (line.told() instanceof Acknowledged(long index, Optional<String> receipt)
          && receipt.isPresent()) {
        TlogProof proof = TlogProof.parse(receipt.get());
        if (proof.proof().index() != index) {
          violations.accept("the receipt of " + index + " is for " + proof.proof().index());
        }
        verify(line.offer().leafHash(), proof);
        see(proof.checkpoint().print());
      }
    }
  }

  private void verify(Hash leaf, TlogProof proof) {
    Optional<TreeHead> head = see(proof.checkpoint().print());
    if (head.isPresent() && !proof.proof().verify(leaf, head.get())) {
      violations.accept("a receipt does not hold: leaf " + proof.proof().index());
    }
  }

  private void prefixes(List<Hash> leaves) {
    CompactRange range = CompactRange.EMPTY;
    for (Map.Entry<Long, Hash> root : roots.entrySet()) {
      if (root.getKey() > leaves.size()) {
        violations.accept("signed " + root.getKey() + " leaves, shows " + leaves.size());
        return;
      }
      range = range.append(leaves.subList((int) range.size(), root.getKey().intValue()));
      if (!range.head().root().equals(root.getValue())) {
        violations.accept("the signed root of " + root.getKey() + " leaves is not theirs");
      }
    }
  }

  private void consistencyProofs(PublicLog log) {
    List<Long> sizes = sample(new ArrayList<>(roots.keySet()));
    for (int i = 0; i + 1 < sizes.size(); i++) {
      TreeHead older = head(sizes.get(i));
      TreeHead newer = head(sizes.get(i + 1));
      if (!log.consistency(older.size(), newer.size()).verify(older, newer)) {
        violations.accept("no consistency from " + older + " to " + newer);
      }
    }
  }

  private void inclusionProofs(PublicLog log, List<Hash> leaves) {
    List<Long> indexes = new ArrayList<>();
    for (long index = 0; index < leaves.size(); index++) {
      indexes.add(index);
    }
    for (long index : sample(indexes)) {
      Hash leaf = leaves.get((int) index);
      verify(leaf, TlogProof.parse(log.receipt(index)));
      for (long size : List.of(roots.higherKey(index), roots.lastKey())) {
        if (!log.inclusion(index, size).verify(leaf, head(size))) {
          violations.accept("leaf " + index + " is not provable in the head of " + size);
        }
      }
    }
  }

  private TreeHead head(long size) {
    return new TreeHead(size, roots.getOrDefault(size, Hash.EMPTY_TREE));
  }

  /// Evenly spread, first and last included.
  private static List<Long> sample(List<Long> all) {
    int last = all.size() - 1;
    return last < SAMPLE
        ? all
        : java.util.stream.IntStream.rangeClosed(0, SAMPLE)
            .mapToObj(i -> all.get((int) ((long) last * i / SAMPLE)))
            .toList();
  }

  /// The head of a checkpoint that is signed as it should be.
  private Optional<TreeHead> see(String note) {
    return opened.computeIfAbsent(note, this::open);
  }

  private Optional<TreeHead> open(String note) {
    try {
      TreeHead head = notes.head(note);
      Hash before = roots.putIfAbsent(head.size(), head.root());
      if (before != null && !before.equals(head.root())) {
        violations.accept("two roots for " + head.size() + " leaves were signed");
      }
      return Optional.of(head);
    } catch (VerificationException | IllegalArgumentException e) {
      violations.accept("a checkpoint does not hold: " + e.getMessage());
      return Optional.empty();
    }
  }
}
