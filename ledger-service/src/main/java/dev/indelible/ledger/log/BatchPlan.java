package dev.indelible.ledger.log;

import dev.indelible.ledger.log.Placement.Duplicate;
import dev.indelible.ledger.log.Placement.Sequenced;
import dev.indelible.transparency.Hash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which submissions of a batch are new, and at which index everyone ends up. Pure: what the log
/// holds already is told, and duplicates inside the batch are found here.
final class BatchPlan {
  private final Map<Hash, Long> byLeaf;
  private final Map<MatchToken.Key, Original> taken;
  private final long start;
  private final List<Placement> placements = new ArrayList<>();
  private final List<Submission> fresh = new ArrayList<>();

  /// The entry that a unique token points at.
  record Original(long index, String record) {}

  private BatchPlan(Map<Hash, Long> byLeaf, Map<MatchToken.Key, Original> taken, long start) {
    this.byLeaf = new HashMap<>(byLeaf);
    this.taken = new HashMap<>(taken);
    this.start = start;
  }

  /// Plans a batch for a log of `size` leaves.
  ///
  /// @param byLeaf leaf hashes of the batch that the log holds
  /// @param taken unique tokens of the batch that the log holds
  static BatchPlan of(
      List<Submission> batch,
      Map<Hash, Long> byLeaf,
      Map<MatchToken.Key, Original> taken,
      long size) {
    BatchPlan plan = new BatchPlan(byLeaf, taken, size);
    batch.forEach(submission -> plan.placements.add(plan.place(submission)));
    return plan;
  }

  private Placement place(Submission submission) {
    Long known = byLeaf.get(submission.leafHash());
    if (known != null) {
      return new Sequenced(known, false);
    }
    Optional<Duplicate> duplicate =
        submission.uniqueTokens().stream().flatMap(token -> hit(token).stream()).findFirst();
    return duplicate.<Placement>map(hit -> hit).orElseGet(() -> append(submission));
  }

  private Optional<Duplicate> hit(MatchToken token) {
    return Optional.ofNullable(taken.get(token.key()))
        .map(original -> new Duplicate(original.index(), original.record(), token.name()));
  }

  private Sequenced append(Submission submission) {
    long index = start + fresh.size();
    fresh.add(submission);
    byLeaf.put(submission.leafHash(), index);
    Original original = new Original(index, submission.entry().subject());
    submission.uniqueTokens().forEach(token -> taken.put(token.key(), original));
    return new Sequenced(index, true);
  }

  /// One for each submission, in order.
  List<Placement> placements() {
    return placements;
  }

  /// What has to be appended, in order, from the log's size on.
  List<Submission> fresh() {
    return fresh;
  }
}
