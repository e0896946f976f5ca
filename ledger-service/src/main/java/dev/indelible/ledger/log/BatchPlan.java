package dev.indelible.ledger.log;

import dev.indelible.ledger.log.Placement.Duplicate;
import dev.indelible.ledger.log.Placement.Sequenced;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.CompactRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which submissions of a batch are new, and at which index everyone ends up. Pure: what the log
/// holds already is told, and duplicates inside the batch are found here.
public final class BatchPlan {
  private final Map<Hash, Long> byLeaf;
  private final Map<MatchToken.Key, Long> taken;
  private final Set<MatchToken.Key> seen;
  private final long start;
  private final List<Placement> placements = new ArrayList<>();
  private final List<Submission> fresh = new ArrayList<>();
  private final List<Hash> leafHashes = new ArrayList<>();
  private CompactRange range = CompactRange.EMPTY;

  /// What the log holds of the tokens of a batch.
  ///
  /// @param taken unique tokens, and the entry that has each
  /// @param seen tokens of any kind that some entry has
  record Held(Map<MatchToken.Key, Long> taken, Set<MatchToken.Key> seen) {
    static final Held NOTHING = new Held(Map.of(), Set.of());
  }

  private BatchPlan(Map<Hash, Long> byLeaf, Held held, long start) {
    this.byLeaf = new HashMap<>(byLeaf);
    this.taken = new HashMap<>(held.taken());
    this.seen = new HashSet<>(held.seen());
    this.start = start;
  }

  /// Plans a batch for a log.
  ///
  /// @param byLeaf leaf hashes of the batch that the log holds, and where
  /// @param held tokens of the batch that the log holds
  /// @param from the log's tree
  static BatchPlan of(
      List<Submission> batch, Map<Hash, Long> byLeaf, Held held, CompactRange from) {
    BatchPlan plan = new BatchPlan(byLeaf, held, from.size());
    batch.forEach(submission -> plan.placements.add(plan.place(submission)));
    plan.range = from.append(plan.leafHashes);
    return plan;
  }

  private Placement place(Submission submission) {
    Long known = byLeaf.get(submission.leafHash());
    if (known != null) {
      return new Sequenced(known, false, true);
    }
    for (MatchToken token : submission.tokens()) {
      Long original = token.kind() == MatchToken.Kind.UNIQUE ? taken.get(token.key()) : null;
      if (original != null) {
        return new Duplicate(original, token.name());
      }
    }
    return append(submission);
  }

  private Sequenced append(Submission submission) {
    long index = start + fresh.size();
    fresh.add(submission);
    leafHashes.add(submission.leafHash());
    byLeaf.put(submission.leafHash(), index);
    boolean matches = false;
    for (MatchToken token : submission.tokens()) {
      matches |= token.kind() == MatchToken.Kind.ALERT && seen.contains(token.key());
    }
    for (MatchToken token : submission.tokens()) {
      seen.add(token.key());
      if (token.kind() == MatchToken.Kind.UNIQUE) {
        taken.put(token.key(), index);
      }
    }
    return new Sequenced(index, true, matches);
  }

  /// One for each submission, in order.
  public List<Placement> placements() {
    return placements;
  }

  /// The log's size before.
  long start() {
    return start;
  }

  /// What has to be appended, in order, from the log's size on.
  public List<Submission> fresh() {
    return fresh;
  }

  /// The leaf hashes of [#fresh].
  public List<Hash> leafHashes() {
    return leafHashes;
  }

  /// The tree with them.
  public CompactRange range() {
    return range;
  }
}
