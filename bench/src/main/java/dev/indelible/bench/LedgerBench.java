package dev.indelible.bench;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.indelible.local.Shape;
import dev.indelible.local.Sizing;
import dev.indelible.local.Stack;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.PemKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Durable, strictly deduplicated, signed and witnessed appends over HTTP, against plain PostgreSQL
/// in the same run: the same rows, the same server, the same fsync. Clients share the cores.
final class LedgerBench {
  private static final int DUPLICATE_PERCENT = 10;
  private static final int BATCH = 1_000;

  private final Stack stack;
  private final PemKey issuer;
  private final Table table = new Table("Ledger, entries per second");

  private LedgerBench(Stack stack) {
    this.stack = stack;
    try {
      this.issuer =
          PemKey.parse(
              KeyAlgorithm.ED25519,
              Files.readString(stack.state().resolve("keys/issuers/claims-service.ed25519.pem")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void run() {
    Security.addProvider(AmazonCorrettoCryptoProvider.INSTANCE);
    System.err.println("Starting PostgreSQL, Keycloak, three witnesses and a ledger …");
    Shape shape =
        new Shape(1, 0, 0, 3, Map.of(), Sizing.SERVER)
            .with("INDELIBLE_LEDGER_QUOTA_PER_SECOND", "1000000")
            .with("INDELIBLE_LEDGER_AUDIT_EVERY", "off");
    try (Stack stack = Stack.start(shape)) {
      new LedgerBench(stack).measure();
    }
  }

  private void measure() {
    Load insert = raw(32, RawPostgres::inserts);
    Load copy = raw(1, raw -> raw.copies(BATCH));
    report("raw INSERT, 32 connections", insert, insert.rate());
    report("raw COPY, " + BATCH + " rows", copy, copy.rate());
    for (int callers : new int[] {1, 32, 256}) {
      report("single appends, " + callers + " callers", singles(callers, ""), insert.rate());
    }
    Load strict = batches(4, true);
    report("batches of " + BATCH + ", 4 callers", strict, copy.rate());
    report("the same, duplicates off", batches(4, false), copy.rate());
    table.print();
  }

  private void report(String what, Load load, Rate baseline) {
    table.row(what, load.rate(), baseline);
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

  private Load singles(int callers, String headers) {
    return Load.of(
        IntStream.range(0, callers)
            .<Load.Caller>mapToObj(i -> new Appender(i, true, headers)::single)
            .toList());
  }

  private Load batches(int callers, boolean tokens) {
    return Load.of(
        IntStream.range(0, callers)
            .<Load.Caller>mapToObj(i -> new Appender(i, tokens, "")::batch)
            .toList());
  }

  /// One caller with a connection of its own.
  private final class Appender {
    private final Statements statements;
    private final String headers;
    private final Wire wire;

    Appender(long seed, boolean tokens, String headers) {
      this.statements = new Statements(issuer, System.nanoTime() + seed, DUPLICATE_PERCENT, tokens);
      this.headers = headers;
      try {
        this.wire = new Wire(URI.create(stack.ledger().url()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    int single() throws IOException {
      require(post("/v1/logs/claims/entries", statements.single()), List.of(201, 409));
      return 1;
    }

    int batch() throws IOException {
      require(post("/v1/logs/claims/batches", statements.batch(BATCH)), List.of(200));
      return BATCH;
    }

    private Wire.Answer post(String path, byte[] body) throws IOException {
      String bearer = stack.tokens().ofClient("claims-service");
      return wire.post(path, "Authorization: Bearer " + bearer + "\r\n" + headers, body);
    }

    private static void require(Wire.Answer answer, List<Integer> statuses) throws IOException {
      if (!statuses.contains(answer.status())) {
        throw new IOException("append answered " + answer.status() + ": " + answer.body());
      }
    }
  }
}
