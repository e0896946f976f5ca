package dev.indelible.ledger.log;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.testing.Entries;
import dev.indelible.ledger.testing.LedgerFiles;
import dev.indelible.ledger.testing.Sql;
import dev.indelible.ledger.testing.TestTokens;
import dev.indelible.local.testing.RealPostgres;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.merkle.Tile;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Where blocks end under load, what their partial tiles cost the writer, and how much a reader who
/// follows the log fetches twice. No part of the suite; see ADR 030.
@QuarkusTest
@WithTestResource(
    value = RealPostgres.class,
    initArgs = @ResourceArg(name = "database", value = "ledger"))
@WithTestResource(LedgerFiles.class)
@WithTestResource(TestTokens.class)
class BatchEndsBench {
  @Inject Logs logs;
  @Inject Sequencers sequencers;

  private final Sql sql = new Sql();

  /// Callers that each have one request under way.
  private record Load(int callers, int entriesEach, int entries) {}

  @Test
  void measure() throws Exception {
    for (int i = 0; Entries.append("claims", Entries.random()).statusCode() != 201; i++) {
      Thread.sleep(50);
    }
    System.out.println(
        "callers, entries each | a second | entries a block | end of a tile"
            + " | tile rows for 1,000 | WAL an entry | read twice at each block, 200 ms, 1 s");
    measure(new Load(512, 1, 40_000));
    for (Load load :
        List.of(
            new Load(32, 1, 15_000),
            new Load(512, 1, 60_000),
            new Load(4_096, 1, 80_000),
            new Load(64, 16, 80_000),
            new Load(4, 1_000, 120_000))) {
      measure(load);
    }
  }

  private void measure(Load load) throws Exception {
    Queue<List<Submission>> requests = requests(load);
    long block = sql.number("SELECT max(number) FROM block WHERE log = 'claims'");
    long size = size();
    long tiles = tileRows();
    long wal = wal();
    long start = System.nanoTime();
    submit(requests, load.callers());
    long nanos = System.nanoTime() - start;
    long written = wal() - wal;
    long rows = tileRows() - tiles;
    long entries = size() - size;
    List<Long> ends =
        sql
            .list("SELECT end_ FROM block WHERE log = 'claims' AND number > ? ORDER BY 1", block)
            .stream()
            .map(Long.class::cast)
            .toList();
    long full = ends.stream().filter(end -> end % Tile.FULL == 0).count();
    System.out.printf(
        "%5d %5d | %6d | %4d | %3d %% | %4.1f | %d | %s, %s, %s%n",
        load.callers(),
        load.entriesEach(),
        entries * 1_000_000_000 / nanos,
        entries / ends.size(),
        100 * full / ends.size(),
        rows * 1e3 / entries,
        written / entries,
        twice(ends, size, 0),
        twice(ends, size, entries * Duration.ofMillis(200).toNanos() / nanos),
        twice(ends, size, entries * Duration.ofSeconds(1).toNanos() / nanos));
  }

  private static Queue<List<Submission>> requests(Load load) {
    return new ConcurrentLinkedQueue<>(
        IntStream.range(0, load.entries() / load.entriesEach())
            .parallel()
            .mapToObj(i -> IntStream.range(0, load.entriesEach()).mapToObj(k -> one()).toList())
            .toList());
  }

  private static Submission one() {
    Entry entry = Entries.random();
    return Submission.of(
        entry, List.of(new MatchToken("id", MatchToken.Kind.UNIQUE, 1, entry.leafHash())));
  }

  private void submit(Queue<List<Submission>> requests, int callers) {
    Log log = logs.get("claims");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, callers).forEach(i -> threads.execute(() -> submit(log, requests)));
    }
  }

  private void submit(Log log, Queue<List<Submission>> requests) {
    try {
      for (var next = requests.poll(); next != null; next = requests.poll()) {
        var block = sequencers.submit(log, next).included().get();
        if (block.block().end() == 0) {
          throw new IllegalStateException("an empty block");
        }
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What a reader fetches twice who comes whenever so many entries are new, and fetches all of
  /// them: a bundle that was partial the last time.
  private static String twice(List<Long> ends, long from, long every) {
    long seen = from;
    long twice = 0;
    for (long end : ends) {
      if (end - seen >= every) {
        twice += seen % Tile.FULL;
        seen = end;
      }
    }
    return seen == from ? "-" : "%.1f %%".formatted(100.0 * twice / (seen - from));
  }

  private long size() throws SQLException {
    return sql.number("SELECT size FROM log_head WHERE log = 'claims'");
  }

  private long wal() throws SQLException {
    return sql.number("SELECT pg_current_wal_lsn() - '0/0'::pg_lsn");
  }

  /// Sessions report what they did after a second at the latest.
  private long tileRows() throws Exception {
    Thread.sleep(1_500);
    return sql.number(
        "SELECT n_tup_ins + n_tup_upd FROM pg_stat_user_tables WHERE relname = 'tile'");
  }
}
