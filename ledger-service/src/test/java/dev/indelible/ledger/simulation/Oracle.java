package dev.indelible.ledger.simulation;

import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.log.Submission;
import dev.indelible.ledger.log.WriterUnderTest;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.merkle.CompactRange;
import dev.indelible.transparency.merkle.Nodes;
import dev.indelible.transparency.merkle.Proofs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The audit of the whole log at the end, against all that ever left a process.
final class Oracle {
  private final Truth truth;
  private final List<Submission> entries;
  private final List<Hash> leaves;
  private final Nodes nodes;
  private final List<Block> blocks;
  private final TreeHead head;

  Oracle(Truth truth, Rows rows) {
    this.truth = truth;
    this.entries = rows.head().entries();
    this.leaves = entries.stream().map(Submission::leafHash).toList();
    this.nodes = rows.head().tiles();
    this.head = rows.head().range().head();
    this.blocks =
        rows.sealed().byNumber().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(Map.Entry::getValue)
            .toList();
  }

  void audit() {
    headIsThatOfTheEntries();
    blocksMeet();
    nothingTwice();
    acknowledgedIsProvable();
    refusedForAReason();
    Stream<TreeHead> shown =
        Stream.concat(
            truth.signed().values().stream(),
            truth.cosigned().values().stream().flatMap(List::stream));
    shown.distinct().forEach(this::isPartOfTheLog);
    witnessesSawOneLog();
    releasedIsWitnessed();
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      truth.violation(otherwise);
    }
  }

  private void headIsThatOfTheEntries() {
    require(
        CompactRange.EMPTY.append(leaves).head().equals(head),
        "the entries do not hash to the head");
  }

  private void blocksMeet() {
    TreeHead before = TreeHead.EMPTY;
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      require(block.number() == i, "there is no block " + i);
      require(block.start() == before.size(), "block " + i + " does not start where one ends");
      require(block.end() > block.start(), "block " + i + " is empty");
      isPartOfTheLog(block.head());
      require(
          isExtendedBy(before, block.head()), "block " + i + " does not extend the one before it");
      before = block.head();
    }
  }

  private boolean isExtendedBy(TreeHead before, TreeHead after) {
    return before.size() <= after.size()
        && after.size() <= leaves.size()
        && Proofs.consistency(before.size(), after.size(), nodes).verify(before, after);
  }

  /// Whether this is the head of the log's first leaves.
  private void isPartOfTheLog(TreeHead shown) {
    boolean holds = shown.size() <= leaves.size() && Proofs.head(shown.size(), nodes).equals(shown);
    require(holds, "a head of " + shown.size() + " leaves was shown that the log does not have");
  }

  private void nothingTwice() {
    for (int i = 0; i < entries.size(); i++) {
      for (int j = 0; j < i; j++) {
        require(!leaves.get(i).equals(leaves.get(j)), "an entry is at " + j + " and at " + i);
        require(
            !WriterUnderTest.areRivals(entries.get(i), entries.get(j)),
            "leaves " + j + " and " + i + " share a unique token");
      }
    }
  }

  private void acknowledgedIsProvable() {
    truth.acknowledged().forEach(this::isProvable);
  }

  private void isProvable(Hash leaf, long index) {
    boolean isThere = index < leaves.size() && leaves.get((int) index).equals(leaf);
    require(isThere, "the acknowledged entry " + index + " is gone");
    if (isThere) {
      for (Block block : blocks) {
        require(
            block.end() <= index
                || block.end() > leaves.size()
                || Proofs.inclusion(index, block.end(), nodes).verify(leaf, block.head()),
            "entry " + index + " cannot be proved in block " + block.number());
      }
    }
  }

  private void refusedForAReason() {
    for (Truth.Refusal refusal : truth.refusals()) {
      int original = (int) refusal.original();
      boolean isThere =
          original < entries.size()
              && WriterUnderTest.areRivals(refusal.submission(), entries.get(original));
      require(isThere, "an entry was refused as a duplicate of " + original + ", which it is not");
    }
  }

  private void witnessesSawOneLog() {
    truth
        .cosigned()
        .forEach(
            (witness, heads) -> {
              List<TreeHead> all = new ArrayList<>(heads);
              for (int i = 1; i < all.size(); i++) {
                require(
                    isExtendedBy(all.get(i - 1), all.get(i)),
                    witness + " cosigned what does not extend");
              }
            });
  }

  private void releasedIsWitnessed() {
    for (TreeHead released : truth.released()) {
      long cosigners =
          truth.cosigned().values().stream().filter(heads -> heads.contains(released)).count();
      require(cosigners >= 2, "a receipt under " + released.size() + " leaves lacks its quorum");
      isPartOfTheLog(released);
    }
  }
}
