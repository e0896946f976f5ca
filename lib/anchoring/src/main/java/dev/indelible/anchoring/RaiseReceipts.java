package dev.indelible.anchoring;

import dev.indelible.anchoring.ReceiptStore.Included;
import dev.indelible.anchoring.RelayState.Alarm;
import dev.indelible.transparency.VerificationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Replaces receipts of the level `included` by witnessed ones, once a quorum has cosigned: oldest
/// first, all receipts of a block by one call. A crash at any moment leaves them as they were, or
/// better.
///
/// Witnesses cosign in the log's order, so behind a block that is not witnessed none should be. But
/// a block may also be stuck for itself, and must not hold up the others. So whoever finds the
/// oldest stuck looks once more behind it, each time one block further, until something could be
/// raised there or nothing is left. That costs one call more while witnesses are slow, and as many
/// turns as blocks are stuck.
@ApplicationScoped
class RaiseReceipts {
  /// Receipts that are looked at together, in one transaction.
  private static final int PAGE = 256;

  /// Calls in one look, so that a ledger that is slow does not make a transaction too long.
  private static final int CALLS = 16;

  /// The most leaves of a block in one answer. Not all have to be ours.
  private static final int SPAN = 1024;

  private static final long BEFORE_ALL = -1;

  private final ReceiptStore receipts;
  private final LedgerClient ledger;
  private final ReceiptJudge judge;
  private final Issuer issuer;
  private final Outcomes outcomes;
  private final RelayState state;

  /// Where the next second look begins: behind this leaf.
  private long behind = BEFORE_ALL;

  /// A leaf whose receipt did not hold, which the alarm is about.
  private long alarming = BEFORE_ALL;

  @Inject
  RaiseReceipts(
      ReceiptStore receipts,
      LedgerClient ledger,
      ReceiptJudge judge,
      Issuer issuer,
      Outcomes outcomes,
      RelayState state) {
    this.receipts = receipts;
    this.ledger = ledger;
    this.judge = judge;
    this.issuer = issuer;
    this.outcomes = outcomes;
    this.state = state;
  }

  /// What came of looking at a page.
  ///
  /// @param raised how many receipts
  /// @param stuck the leaf at which nothing could be raised any more; none when all could
  /// @param full whether there may be others behind
  private record Look(int raised, long stuck, boolean full) {
    boolean isStuck() {
      return stuck != BEFORE_ALL;
    }

    boolean isMoreBehind() {
      return raised > 0 && full && !isStuck();
    }
  }

  /// Takes a turn. Whether there may be more to raise at once.
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  boolean oldest() {
    if (!receipts.tryLock()) {
      return false;
    }
    Look look = look(BEFORE_ALL);
    if (look.isStuck()) {
      long from = Math.max(behind, look.stuck());
      look = look(from);
      behind = look.isMoreBehind() ? from : look.raised() > 0 ? BEFORE_ALL : look.stuck();
    }
    if (alarming != BEFORE_ALL && !receipts.isNotWitnessed(alarming)) {
      alarming = BEFORE_ALL;
      state.clear(Alarm.BAD_RAISE);
    }
    return look.isMoreBehind();
  }

  private Look look(long after) {
    List<Included> page = receipts.notWitnessed(after, PAGE);
    // What was edited is left for the audit to find; a new proof would cover the traces.
    List<Included> unedited =
        page.stream().filter(one -> one.receipt().changed(issuer).isEmpty()).toList();
    Map<StoredReceipt, VerifiedReceipt> better = new LinkedHashMap<>();
    long stuck = unedited.isEmpty() && !page.isEmpty() ? leaf(page.getLast()) : BEFORE_ALL;
    List<List<Included>> blocks = byBlock(unedited);
    for (List<Included> block : blocks.subList(0, Math.min(blocks.size(), CALLS))) {
      Map<StoredReceipt, VerifiedReceipt> witnessed = witnessed(block);
      if (witnessed.isEmpty()) {
        stuck = leaf(block.getLast());
        break;
      }
      better.putAll(witnessed);
    }
    int raised = better.isEmpty() ? 0 : outcomes.raised(better);
    return new Look(raised, stuck, page.size() == PAGE || blocks.size() > CALLS);
  }

  private static long leaf(Included one) {
    return one.receipt().leafIndex();
  }

  private static List<List<Included>> byBlock(List<Included> page) {
    List<List<Included>> blocks = new ArrayList<>();
    for (Included one : page) {
      if (blocks.isEmpty() || !isWith(blocks.getLast().getFirst(), one)) {
        blocks.add(new ArrayList<>());
      }
      blocks.getLast().add(one);
    }
    return blocks;
  }

  private static boolean isWith(Included first, Included one) {
    return first.receipt().block() == one.receipt().block() && leaf(one) - leaf(first) < SPAN;
  }

  /// Those receipts of a block that are witnessed by now; none as well when the ledger does not
  /// answer.
  private Map<StoredReceipt, VerifiedReceipt> witnessed(List<Included> block) {
    Map<StoredReceipt, VerifiedReceipt> witnessed = new LinkedHashMap<>();
    Included first = block.getFirst();
    try {
      BlockReceipts answer =
          BlockReceipts.parse(
              ledger.witnessedReceipts(
                  first.receipt().block(), leaf(first), leaf(block.getLast())));
      for (Included one : block) {
        judge(one, answer, witnessed);
      }
    } catch (LedgerUnavailableException e) {
      return Map.of();
    } catch (VerificationException e) {
      alarm(first, e);
    }
    return witnessed;
  }

  /// By our own policy, as strictly as the receipt that came first.
  private void judge(
      Included one, BlockReceipts answer, Map<StoredReceipt, VerifiedReceipt> witnessed) {
    try {
      VerifiedReceipt receipt = judge.receipt(one.leafHash(), answer.receipt(leaf(one)));
      if (receipt.witnessed()) {
        witnessed.put(one.receipt(), receipt);
      }
    } catch (VerificationException e) {
      alarm(one, e);
    }
  }

  private void alarm(Included one, VerificationException e) {
    if (alarming == BEFORE_ALL || alarming == leaf(one)) {
      alarming = leaf(one);
      state.raise(Alarm.BAD_RAISE, "leaf " + alarming + ": " + e.getMessage());
    }
  }
}
