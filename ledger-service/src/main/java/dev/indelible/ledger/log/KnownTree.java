package dev.indelible.ledger.log;

import dev.indelible.ledger.head.Head;
import dev.indelible.transparency.merkle.CompactRange;

/// A log's tree as this process knows it, from one office to the next. For the writer's thread.
final class KnownTree {
  private CompactRange range = CompactRange.EMPTY;
  private long epoch;
  private boolean isAll;

  /// The leaves that are durable, as last seen.
  CompactRange range() {
    return range;
  }

  /// Whether everything that was ever signed is over leaves known here.
  boolean isAll() {
    return isAll;
  }

  /// A head that was read out of office: if it is larger, somebody else writes.
  void saw(Head head) {
    if (head.epoch() > epoch && head.range().size() > range.size()) {
      isAll = false;
    }
  }

  /// The head with which an office begins. What this process knew in its last one is still all
  /// there is to know, if nobody was in office in between, or whoever was has appended nothing.
  ///
  /// @throws ForkException there is less than this process has seen durable, which cannot become
  ///   less: the database is another one
  void begin(Head head) throws ForkException {
    if (head.range().size() < range.size()) {
      throw new ForkException(
          "this process has seen %d leaves, there are %d"
              .formatted(range.size(), head.range().size()));
    }
    boolean isNext = head.epoch() == epoch + 1;
    boolean isSame = head.epoch() > epoch && head.range().equals(range);
    isAll &= isNext || isSame;
    epoch = head.epoch();
    range = head.range();
  }

  /// The witnesses have been heard.
  void heard() {
    isAll = true;
  }

  /// This process has committed more leaves.
  void grow(CompactRange more) {
    range = more;
  }
}
