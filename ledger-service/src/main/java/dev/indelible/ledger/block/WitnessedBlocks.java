package dev.indelible.ledger.block;

import dev.indelible.ledger.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Lets those wait who want to hear that a leaf is witnessed. Knows only what this process, as the
/// writer, hears itself; what was witnessed before stands in the table.
@ApplicationScoped
public class WitnessedBlocks {
  private final Map<String, ConcurrentSkipListMap<Long, CompletableFuture<Block>>> waiting =
      new ConcurrentHashMap<>();
  private final Map<String, Block> newest = new ConcurrentHashMap<>();

  void witnessed(@Observes BlockWitnessed event) {
    String log = event.log().name();
    newest.merge(log, event.block(), (one, other) -> one.number() > other.number() ? one : other);
    var settled = waiting(log).headMap(event.block().end(), true);
    settled.values().forEach(future -> future.complete(event.block()));
    settled.clear();
  }

  /// Waits for a block with its quorum that ends at `end` or behind it.
  ///
  /// @return whether there was one in time
  public boolean await(Log log, long end, Duration most) throws InterruptedException {
    CompletableFuture<Block> future =
        waiting(log.name()).computeIfAbsent(end, ignored -> new CompletableFuture<>());
    // Somebody may have been told between the last block and our question.
    Optional.ofNullable(newest.get(log.name()))
        .filter(block -> block.end() >= end)
        .ifPresent(future::complete);
    try {
      future.get(most.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("nobody fails this", e);
    }
  }

  private ConcurrentSkipListMap<Long, CompletableFuture<Block>> waiting(String log) {
    return waiting.computeIfAbsent(log, ignored -> new ConcurrentSkipListMap<>());
  }
}
