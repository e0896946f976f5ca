package dev.indelible.ledger.block;

import dev.indelible.ledger.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Lets those wait who want to hear that a leaf is witnessed. Knows only what this process, as the
/// writer, hears itself; what was witnessed before stands in the table.
@ApplicationScoped
public class WitnessedBlocks {
  /// Leaves that are remembered until a quorum comes; with more, receipts are made from the rows.
  private static final int MOST_LEAVES = 1 << 16;

  private final Map<String, Pending> byLog = new ConcurrentHashMap<>();

  void sealed(@Observes BlockSealed event) {
    pending(event.log()).sealed(event.sealed());
  }

  void witnessed(@Observes BlockWitnessed event) {
    pending(event.log()).witnessed(event.block());
  }

  /// Waits for a block with its quorum that ends at `end` or behind it.
  ///
  /// @return the block, with what proves under its checkpoint the leaves behind the last one that
  ///   had its quorum; nothing when there was none in time
  public Optional<SealedBlock> await(Log log, long end, Duration most) throws InterruptedException {
    try {
      return Optional.of(pending(log).at(end).get(most.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("nobody fails this", e);
    }
  }

  private Pending pending(Log log) {
    return byLog.computeIfAbsent(log.name(), ignored -> new Pending());
  }

  /// What waits for its quorum in one log.
  private static final class Pending {
    private final ConcurrentSkipListMap<Long, CompletableFuture<SealedBlock>> waiting =
        new ConcurrentSkipListMap<>();
    private final Deque<SealedBlock> blocks = new ArrayDeque<>();
    private int leaves;
    private @Nullable SealedBlock newest;

    synchronized void sealed(SealedBlock block) {
      if (block.leaves() > 0) {
        blocks.add(block);
        leaves += block.leaves();
      }
      while (leaves > MOST_LEAVES) {
        leaves -= blocks.remove().leaves();
      }
    }

    synchronized void witnessed(Block block) {
      List<SealedBlock> upTo = new ArrayList<>();
      while (!blocks.isEmpty() && blocks.getFirst().block().end() <= block.end()) {
        upTo.add(blocks.remove());
        leaves -= upTo.getLast().leaves();
      }
      SealedBlock shown = SealedBlock.under(block, upTo);
      if (newest == null || newest.block().number() < block.number()) {
        newest = shown;
      }
      var settled = waiting.headMap(block.end(), true);
      settled.values().forEach(future -> future.complete(shown));
      settled.clear();
    }

    synchronized CompletableFuture<SealedBlock> at(long end) {
      return newest != null && newest.block().end() >= end
          ? CompletableFuture.completedFuture(newest)
          : waiting.computeIfAbsent(end, ignored -> new CompletableFuture<>());
    }
  }
}
