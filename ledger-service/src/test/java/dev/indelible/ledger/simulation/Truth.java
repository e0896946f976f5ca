package dev.indelible.ledger.simulation;

import dev.indelible.ledger.block.SealedBlock;
import dev.indelible.ledger.log.Placement;
import dev.indelible.ledger.log.Submission;
import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/// All that ever left a process, as nobody in the system sees it together: what was signed,
/// answered, cosigned and released, and what is wrong with that already.
final class Truth {
  private final Map<Long, TreeHead> signed = new TreeMap<>();
  private final Map<Hash, Long> acknowledged = new HashMap<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private final Map<String, List<TreeHead>> cosigned = new TreeMap<>();
  private final Set<TreeHead> released = new HashSet<>();
  private final List<String> violations = new ArrayList<>();
  private final List<String> trace = new ArrayList<>();
  private final Supplier<String> when;
  private final Durable durable;

  /// What no failover can take away.
  interface Durable {
    /// Whether the first leaves have this head.
    boolean has(TreeHead head);

    /// Whether this entry is at this index.
    boolean has(long index, Hash leafHash);
  }

  /// A submission that was refused because an earlier entry has its token.
  record Refusal(Submission submission, long original) {}

  /// @param when what the trace writes before each line
  Truth(Supplier<String> when, Durable durable) {
    this.when = when;
    this.durable = durable;
  }

  void tell(String what) {
    trace.add(when.get() + what);
  }

  void violation(String what) {
    tell("VIOLATION: " + what);
    violations.add(what);
  }

  /// A key of the log has signed this text.
  void signed(String text) {
    TreeHead head = Checkpoint.parse(text).head();
    TreeHead before = signed.putIfAbsent(head.size(), head);
    tell("signs the head of " + head.size());
    if (before != null && !before.equals(head)) {
      violation("two heads of " + head.size() + " leaves are signed");
    }
    requireDurable(head, "signed");
  }

  private void requireDurable(TreeHead head, String done) {
    if (!durable.has(head)) {
      violation("a head of " + head.size() + " leaves is " + done + " and can be lost");
    }
  }

  /// A submitter was told where its entry is, or that it is a duplicate.
  void answered(Submission submission, Placement placement) {
    if (placement instanceof Placement.Duplicate duplicate) {
      refusals.add(new Refusal(submission, duplicate.index()));
      return;
    }
    Long before = acknowledged.putIfAbsent(submission.leafHash(), placement.index());
    if (before != null && before != placement.index()) {
      violation("one entry is acknowledged at " + before + " and at " + placement.index());
    }
    if (!durable.has(placement.index(), submission.leafHash())) {
      violation("entry " + placement.index() + " is acknowledged and can be lost");
    }
  }

  /// A submitter was given the newest block, which proves what was new in it.
  void included(Submission submission, Placement placement, SealedBlock block) {
    long index = placement.index();
    if (placement instanceof Placement.Sequenced && block.proves(index)) {
      boolean holds =
          block.receipt(index).proof().verify(submission.leafHash(), block.block().head());
      if (!holds) {
        violation("the receipt for leaf " + index + " does not hold");
      }
    }
  }

  /// A witness has cosigned.
  void cosigned(String witness, TreeHead head) {
    if (head.size() > 0 && !head.equals(signed.get(head.size()))) {
      violation(witness + " cosigned what the log did not sign");
    }
    requireDurable(head, "cosigned");
    cosigned.computeIfAbsent(witness, ignored -> new ArrayList<>()).add(head);
  }

  /// Somebody reads a witnessed receipt.
  void released(TreeHead head) {
    if (released.add(head)) {
      tell("a receipt under the head of " + head.size() + " is released");
    }
  }

  Map<Long, TreeHead> signed() {
    return signed;
  }

  Map<Hash, Long> acknowledged() {
    return acknowledged;
  }

  List<Refusal> refusals() {
    return refusals;
  }

  Map<String, List<TreeHead>> cosigned() {
    return cosigned;
  }

  Set<TreeHead> released() {
    return released;
  }

  List<String> violations() {
    return violations;
  }

  List<String> trace() {
    return trace;
  }
}
