package dev.indelible.bench;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.indelible.bench.Appender.Work;
import dev.indelible.local.Shape;
import dev.indelible.local.Sizing;
import dev.indelible.local.Stack;
import java.security.Security;
import java.util.Map;

/// Durable, strictly deduplicated, signed and witnessed appends over HTTP, against plain PostgreSQL
/// in the same run: the same rows, the same server, the same fsync. Clients share the cores.
final class LedgerBench {
  private static final int MOST_CALLERS = 512;

  /// Enough that somebody is always free to begin, with hundreds of milliseconds to wait each.
  private static final int WAITING_CALLERS = 2_048;

  private final Stack stack;
  private final Table table = new Table("Ledger, entries per second");

  private LedgerBench(Stack stack) {
    this.stack = stack;
  }

  /// A ledger as a server runs it, with three witnesses and nothing that works on its own account.
  static Stack start() {
    Security.addProvider(AmazonCorrettoCryptoProvider.INSTANCE);
    System.err.println("Starting PostgreSQL, Keycloak, three witnesses and a ledger …");
    return Stack.start(
        new Shape(1, 0, 0, 3, Map.of(), Sizing.SERVER)
            .with("INDELIBLE_LEDGER_QUOTA_PER_SECOND", "1000000")
            .with("INDELIBLE_LEDGER_AUDIT_EVERY", "off"));
  }

  static void run() {
    try (Stack stack = start()) {
      new LedgerBench(stack).measure();
    }
  }

  private void measure() {
    Load insert = raw(32, RawPostgres::inserts);
    Load copy = raw(1, raw -> raw.copies(Appender.BATCH));
    report("raw INSERT, 32 connections", insert, insert);
    report("raw COPY, " + Appender.BATCH + " rows", copy, copy);
    Load single = insert;
    for (int callers : new int[] {1, 32, MOST_CALLERS}) {
      single = Load.of(Appender.singles(stack, Work.CLAIMS, callers));
      report("single appends, " + callers + " callers", single, insert);
    }
    Load batches = Load.of(Appender.batches(stack, Work.CLAIMS, 4));
    report("batches of " + Appender.BATCH + ", 4 callers", batches, copy);
    Load without = Load.of(Appender.batches(stack, Work.CLAIMS.withoutTokens(), 4));
    report("the same, duplicates off", without, copy);
    half("included", single, batches);
    half("witnessed", single, batches);
    table.print();
  }

  /// How long one waits for a level at half of the load.
  private void half(String level, Load single, Load batches) {
    Work work = Work.CLAIMS.preferring("wait=30;level=" + level);
    double singles = single.rate().perSecond() / 2;
    report(
        "singles at half load, " + level,
        Load.at(Appender.singles(stack, work, WAITING_CALLERS), singles),
        single);
    double perSecond = batches.rate().perSecond() / 2 / Appender.BATCH;
    report(
        "batches at half load, " + level,
        Load.at(Appender.batches(stack, work, 16), perSecond),
        batches);
  }

  private void report(String what, Load load, Load baseline) {
    table.row(what, load.rate(), baseline.rate());
    table.note("   p50 %s, p99 %s".formatted(load.percentile(50), load.percentile(99)));
    System.err.printf("  %s: %.0f/s%n", what, load.rate().perSecond());
  }

  private interface Baseline {
    Load measure(RawPostgres raw);
  }

  private Load raw(int callers, Baseline baseline) {
    try (RawPostgres raw = new RawPostgres(stack.postgres().databases(), callers)) {
      return baseline.measure(raw);
    }
  }
}
