package dev.indelible.ledger.simulation;

import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.log.BatchPlan;
import dev.indelible.ledger.log.Submission;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.CompactRange;
import dev.indelible.transparency.merkle.Nodes;
import dev.indelible.transparency.merkle.TreeHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The rows of one log after some transaction. Immutable: a transaction makes new ones.
record Rows(Lease lease, Head head, Blocks sealed, long barrier) {
  /// The rows of a log that has just been created.
  static final Rows NEW =
      new Rows(
          new Lease("", 0, Long.MIN_VALUE),
          new Head(0, Optional.empty(), CompactRange.EMPTY, List.of()),
          new Blocks(Map.of(), Set.of(), Map.of()),
          0);

  /// Table `lease`.
  ///
  /// @param until milliseconds of the simulation
  record Lease(String holder, long epoch, long until) {}

  /// Tables `log_head`, and `entry`, `match_token` and `tile`, which change with it only.
  ///
  /// @param range size, root and frontier
  /// @param entries by index
  record Head(long epoch, Optional<String> frozen, CompactRange range, List<Submission> entries) {
    Head {
      entries = List.copyOf(entries);
    }

    Head withEpoch(long next) {
      return new Head(next, frozen, range, entries);
    }

    Head withFrozen(String reason) {
      return new Head(epoch, frozen.or(() -> Optional.of(reason)), range, entries);
    }

    /// With the new entries of a batch behind the first `size` ones.
    Head with(long size, BatchPlan plan) {
      List<Submission> all = new ArrayList<>(entries.subList(0, (int) size));
      all.addAll(plan.fresh());
      return new Head(epoch, frozen, plan.range(), all);
    }

    /// The tree over the entries.
    Nodes tiles() {
      List<Hash> leaves = entries.stream().map(Submission::leafHash).toList();
      return (level, index) ->
          TreeHash.of(leaves.subList((int) (index << level), (int) ((index + 1) << level)));
    }
  }

  /// Tables `block` and `cosignature`.
  ///
  /// @param byNumber the blocks
  /// @param witnessed numbers of those with a `witnessed_note`
  /// @param cosigners names of witnesses, by number
  record Blocks(Map<Long, Block> byNumber, Set<Long> witnessed, Map<Long, Set<String>> cosigners) {
    /// The block with the highest number.
    Optional<Block> last() {
      return byNumber.keySet().stream().max(Long::compare).map(byNumber::get);
    }

    /// The number of the newest block with its quorum, -1 when none has.
    long lastWitnessed() {
      return witnessed.stream().max(Long::compare).orElse(-1L);
    }

    Blocks with(Block block) {
      Map<Long, Block> all = new HashMap<>(byNumber);
      all.put(block.number(), block);
      return new Blocks(all, witnessed, cosigners);
    }

    Blocks withCosigner(long number, String witness) {
      Set<String> names = new HashSet<>(cosigners.getOrDefault(number, Set.of()));
      names.add(witness);
      Map<Long, Set<String>> all = new HashMap<>(cosigners);
      all.put(number, names);
      return new Blocks(byNumber, witnessed, all);
    }

    Blocks withWitnessed(long number) {
      Set<Long> all = new HashSet<>(witnessed);
      all.add(number);
      return new Blocks(byNumber, all, cosigners);
    }
  }

  Rows with(Lease next) {
    return new Rows(next, head, sealed, barrier);
  }

  Rows with(Head next) {
    return new Rows(lease, next, sealed, barrier);
  }

  Rows with(Blocks next) {
    return new Rows(lease, head, next, barrier);
  }

  Rows withBarrier() {
    return new Rows(lease, head, sealed, barrier + 1);
  }
}
