package dev.indelible.anchoring.audit;

import dev.indelible.anchoring.LedgerClient;
import dev.indelible.anchoring.LedgerUnavailableException;
import dev.indelible.anchoring.ReceiptJudge;
import dev.indelible.kit.audit.Progress;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.VerificationException;
import dev.indelible.transparency.VerificationException.Reason;
import dev.indelible.transparency.merkle.EntryBundle;
import dev.indelible.transparency.merkle.Tile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/// Reads the whole log the way anybody can: a checkpoint and entry bundles (C2SP tlog-tiles).
@ApplicationScoped
class LogReader {
  private final LedgerClient ledger;
  private final ReceiptJudge judge;
  private final Progress progress;

  @Inject
  LogReader(LedgerClient ledger, ReceiptJudge judge, Progress progress) {
    this.ledger = ledger;
    this.judge = judge;
    this.progress = progress;
  }

  /// Feeds every entry to `comparison`, until that has enough, and answers the signed tree head.
  ///
  /// @throws VerificationException when checkpoint or bundles are not what they have to be
  TreeHead read(LogComparison comparison) throws LedgerUnavailableException, VerificationException {
    TreeHead head = judge.checkpoint(ledger.checkpoint()).checkpoint().head();
    for (long start = 0; start < head.size() && !comparison.isFull(); start += Tile.FULL) {
      int width = (int) Math.min(Tile.FULL, head.size() - start);
      progress.reached("entries", start, head.size());
      comparison.entries(bundle(start / Tile.FULL, width));
    }
    return head;
  }

  private List<byte[]> bundle(long index, int width)
      throws LedgerUnavailableException, VerificationException {
    byte[] bundle = fetch(index, width);
    try {
      List<byte[]> entries = EntryBundle.decode(bundle);
      if (entries.size() < width) {
        throw new IllegalArgumentException("it has " + entries.size() + " entries, not " + width);
      }
      return entries.subList(0, width);
    } catch (IllegalArgumentException e) {
      throw new VerificationException(
          Reason.MALFORMED, "entry bundle " + index + ": " + e.getMessage());
    }
  }

  /// A log may drop a partial bundle once the full one is there.
  private byte[] fetch(long index, int width) throws LedgerUnavailableException {
    try {
      return ledger.tile(new Tile(Tile.ENTRIES, index, width));
    } catch (LedgerUnavailableException e) {
      if (width == Tile.FULL) {
        throw e;
      }
      return ledger.tile(new Tile(Tile.ENTRIES, index, Tile.FULL));
    }
  }
}
